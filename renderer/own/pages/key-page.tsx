import { KeyRound } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { keyRoutes } from "../../../protocol/broker/own/own-routes.ts";
import { LanguageChoice } from "../../components/language-choice.tsx";
import { ask } from "../../console/asking/ask.ts";
import { type Refusal, RefusalNotice } from "../components/refusal.tsx";
import { refusalOf } from "../components/refusal-of.ts";
import { askKey } from "../web-authn.ts";

interface SignIn {
  readonly holder: { readonly displayName: string };
  readonly workstationName: string;
  readonly placeName: string;
}

type State =
  | { readonly step: "asking" }
  | { readonly step: "done" | "left" }
  | { readonly step: "refused"; readonly refusal: Refusal };

/** Asks for the security key of whoever signs in, at once; `page`: what this browser shows the broker. */
export function KeyPage({ page }: { readonly page: string }) {
  const { t } = useTranslation();
  const [signIn, setSignIn] = useState<SignIn>();
  const [state, setState] = useState<State>({ step: "asking" });
  const begin = useCallback(async () => {
    setState({ step: "asking" });
    try {
      const { options, ...known } = await ask(keyRoutes.ask, { page });
      setSignIn(known);
      await ask(keyRoutes.answer, { page, response: { ...(await askKey(options)) } });
      setState({ step: "done" });
    } catch (problem) {
      setState({ step: "refused", refusal: refusalOf(problem) });
    }
  }, [page]);
  useEffect(() => {
    void begin();
  }, [begin]);
  const leave = () =>
    void ask(keyRoutes.decline, { page })
      .catch(() => undefined)
      .then(() => setState({ step: "left" }));
  return (
    <main className="away" data-step={state.step}>
      <KeyRound aria-hidden size={72} strokeWidth={1.3} />
      <h1>{signIn?.holder.displayName ?? t("own.keyTitle")}</h1>
      {signIn !== undefined && (
        <p>{t("own.where", { workstation: signIn.workstationName, place: signIn.placeName })}</p>
      )}
      {state.step === "asking" && <p role="status">{t("own.touch")}</p>}
      {state.step === "done" && <p role="status">{t("own.keyDone")}</p>}
      {state.step === "left" && <p role="status">{t("own.left")}</p>}
      {state.step === "refused" && <RefusalNotice refusal={state.refusal} />}
      {(state.step === "asking" || state.step === "refused") && (
        <div className="decide">
          <button type="button" onClick={leave}>
            {t("own.back")}
          </button>
          {state.step === "refused" && state.refusal !== "second-factor-over" && (
            <button type="button" className="primary" onClick={() => void begin()}>
              {t("own.again")}
            </button>
          )}
        </div>
      )}
      <LanguageChoice />
    </main>
  );
}
