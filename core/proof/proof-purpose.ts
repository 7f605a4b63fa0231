/**
 * What a proof is for: `sign-in` opens a session, `resume` moves the holder's session to this workstation,
 * `unlock` uncovers the seat that the session already has here, `step-up` raises a session that is open here: it takes no seat.
 */
export const proofPurposes = ["sign-in", "resume", "unlock", "step-up"] as const;
export type ProofPurpose = (typeof proofPurposes)[number];

/** Which key of the card makes the proof: the one behind the PIN, or the one that only shows the card is there. */
export const proofKeys = ["authentication", "presence"] as const;
export type ProofKey = (typeof proofKeys)[number];
