/** Where the broker's agent door answers. All but enrolment demand an enrolled workstation's key. */
export const brokerPaths = {
  enrolments: "/agent/v1/enrolments",
  /** GET: the workstation's own description. */
  workstation: "/agent/v1/workstation",
  /** GET: how the broker fares. */
  health: "/agent/v1/health",
  challenges: "/agent/v1/challenges",
  proofs: "/agent/v1/proofs",
  phoneAsk: "/agent/v1/phone/ask",
  phoneAwait: "/agent/v1/phone/await",
  phoneCancel: "/agent/v1/phone/cancel",
  passwordSignIn: "/agent/v1/password/sign-in",
  glassRaise: "/agent/v1/break-glass/raise",
  glassSignIn: "/agent/v1/break-glass/sign-in",
  glassEnd: "/agent/v1/break-glass/end",
  cover: "/agent/v1/seats/cover",
  end: "/agent/v1/sessions/end",
  session: "/agent/v1/sessions/describe",
  activity: "/agent/v1/sessions/activity",
  favourites: "/agent/v1/favourites",
  launches: "/agent/v1/launches",
  launchClosed: "/agent/v1/launches/closed",
  stepUpChallenges: "/agent/v1/step-ups/challenges",
  stepUpProofs: "/agent/v1/step-ups/proofs",
  stepUpRefusals: "/agent/v1/step-ups/refusals",
  reports: "/agent/v1/reports",
  push: "/agent/v1/push",
} as const;
