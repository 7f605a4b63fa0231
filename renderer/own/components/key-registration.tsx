import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ownRoutes } from "../../../protocol/broker/own/own-routes.ts";
import { ask } from "../../console/asking/ask.ts";
import { registerKey } from "../web-authn.ts";
import { type Refusal, RefusalNotice } from "./refusal.tsx";
import { refusalOf } from "./refusal-of.ts";

/** A security key gets a name, and is touched once. */
export function KeyRegistration({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [refusal, setRefusal] = useState<Refusal>();
  const [working, setWorking] = useState(false);
  const register = async () => {
    const { options } = await ask(ownRoutes.beginKey, {});
    await ask(ownRoutes.confirmKey, { name: name.trim(), response: { ...(await registerKey(options)) } });
    setName("");
    onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setRefusal(undefined);
    setWorking(true);
    void register()
      .catch((problem: unknown) => setRefusal(refusalOf(problem)))
      .finally(() => setWorking(false));
  };
  return (
    <form className="key" onSubmit={submit}>
      <label>
        {t("own.keyName")}
        <input
          value={name}
          maxLength={40}
          required
          autoComplete="off"
          placeholder={t("own.keyExample")}
          onChange={event => setName(event.target.value)}
        />
      </label>
      <button type="submit" disabled={working || name.trim() === ""}>
        <KeyRound aria-hidden size={22} /> {t("own.addKey")}
      </button>
      {working && <p role="status">{t("own.touch")}</p>}
      <RefusalNotice refusal={refusal} />
    </form>
  );
}
