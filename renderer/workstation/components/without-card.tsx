import type { Intent } from "../../../protocol/window/messages.ts";
import type { View } from "../../../protocol/window/view.ts";
import { EmergencyLink } from "./emergency-link.tsx";
import { PasswordLink } from "./password-link.tsx";
import { PhoneLink } from "./phone-link.tsx";

interface WithoutCardProps {
  readonly workstation: View["workstation"];
  readonly send: (intent: Intent) => void;
}

/** The ways in without a card that this place offers, if any. */
export function WithoutCard({ workstation, send }: WithoutCardProps) {
  const { federation, temporaryAccess, directoryPassword, breakGlass } = workstation;
  return (
    <div className="without-card">
      <PhoneLink federation={federation} onPhone={() => send({ type: "sign-in-by-phone" })} />
      <PasswordLink
        offered={temporaryAccess === true || directoryPassword === true}
        onPassword={() => send({ type: "sign-in-by-password" })}
      />
      <EmergencyLink
        offered={breakGlass?.withoutCard === true}
        onEmergency={() => send({ type: "sign-in-by-break-glass" })}
      />
    </div>
  );
}
