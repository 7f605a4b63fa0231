import { useCallback, useState } from "react";
import type { Intent } from "../../protocol/window/messages.ts";
import type { View } from "../../protocol/window/view.ts";
import { DemonstrationBanner } from "../components/demonstration-banner.tsx";
import { useAgent } from "./channel/use-agent.ts";
import type { WindowChannel } from "./channel/window-channel.ts";
import { Footer } from "./components/footer.tsx";
import { IdleWarning } from "./components/idle-warning.tsx";
import { PasswordChoice } from "./components/password-choice.tsx";
import { ReceiptMessage } from "./components/receipt-message.tsx";
import { ActivityScreen } from "./screens/activity-screen.tsx";
import { BreakGlassScreen } from "./screens/break-glass-screen.tsx";
import { CoverScreen } from "./screens/cover-screen.tsx";
import { CoveredScreen } from "./screens/covered-screen.tsx";
import { IdentifierScreen } from "./screens/identifier-screen.tsx";
import { LostScreen } from "./screens/lost-screen.tsx";
import { PasswordScreen } from "./screens/password-screen.tsx";
import { PhoneScreen } from "./screens/phone-screen.tsx";
import { PinCareScreen } from "./screens/pin-care-screen.tsx";
import { PinPadScreen } from "./screens/pin-pad-screen.tsx";
import { PinScreen } from "./screens/pin-screen.tsx";
import { PortalScreen } from "./screens/portal-screen.tsx";
import { SecondFactorScreen } from "./screens/second-factor-screen.tsx";
import { SecurityKeyScreen } from "./screens/security-key-screen.tsx";
import { TroubleScreen } from "./screens/trouble-screen.tsx";
import { UsualPasswordScreen } from "./screens/usual-password-screen.tsx";
import { WorkingScreen } from "./screens/working-screen.tsx";
import { useStir } from "./use-stir.ts";

/** The whole window: what the agent's view says, and nothing of its own. Without an agent it covers itself. */
export function App({ channel }: { readonly channel: WindowChannel }) {
  const view = useAgent(channel);
  const stir = useCallback(() => channel.send({ type: "stir" }), [channel]);
  useStir(view?.coversAt !== undefined, stir);
  if (view === undefined) return <LostScreen />;
  const send = (intent: Intent) => channel.send(intent);
  return (
    <div className="window" data-screen={view.screen.name}>
      {view.workstation.demonstration && <DemonstrationBanner />}
      <main>
        <ScreenOf view={view} send={send} />
      </main>
      {view.receipt !== undefined && (
        <ReceiptMessage receipt={view.receipt} onDismiss={() => send({ type: "dismiss-receipt" })} />
      )}
      {view.coversAt !== undefined && <IdleWarning coversAt={view.coversAt} onStay={stir} />}
      <Footer view={view} />
    </div>
  );
}

function ScreenOf({ view, send }: { readonly view: View; readonly send: (intent: Intent) => void }) {
  const { screen, workstation, reader, pinCare } = view;
  const { federation = "", temporaryAccess, directoryPassword } = workstation;
  // Survives the question, which is asked anew after a refusal.
  const [isUsual, setUsual] = useState(false);
  if (pinCare !== undefined) return <PinCareScreen care={pinCare} send={send} />;
  switch (screen.name) {
    case "cover":
      return <CoverScreen workstation={workstation} reader={reader} send={send} />;
    case "covered":
      return <CoveredScreen screen={screen} reader={reader} workstation={workstation} send={send} />;
    case "working":
      return <WorkingScreen stage={screen.stage} />;
    case "pin":
      return <PinScreen key={screen.question} screen={screen} send={send} />;
    case "pin-pad":
      return <PinPadScreen screen={screen} />;
    case "identifier":
      return <IdentifierScreen key={screen.question} screen={screen} federation={federation} send={send} />;
    case "phone":
      return <PhoneScreen screen={screen} federation={federation} send={send} />;
    case "password": {
      const both = temporaryAccess === true && directoryPassword === true;
      const choice = both && <PasswordChoice isUsual={isUsual} onUsual={setUsual} />;
      const asked = { screen, choice, send };
      return directoryPassword === true && (isUsual || !both) ? (
        <UsualPasswordScreen key={screen.question} {...asked} />
      ) : (
        <PasswordScreen key={screen.question} {...asked} phone={workstation.helpdeskPhone} />
      );
    }
    case "second-factor":
      return <SecondFactorScreen key={screen.question} screen={screen} send={send} />;
    case "security-key":
      return <SecurityKeyScreen send={send} />;
    case "break-glass":
      return <BreakGlassScreen key={screen.question} screen={screen} workstation={workstation} send={send} />;
    case "activity":
      return <ActivityScreen screen={screen} send={send} />;
    case "portal":
      return <PortalScreen screen={screen} workstation={workstation} send={send} />;
    case "trouble":
      return <TroubleScreen screen={screen} phone={workstation.helpdeskPhone} send={send} />;
    default:
      return screen satisfies never;
  }
}
