import { Smartphone } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ownRoutes } from "../../../protocol/broker/own/own-routes.ts";
import { ask } from "../../console/asking/ask.ts";
import { QrCode } from "./qr-code.tsx";
import { type Refusal, RefusalNotice } from "./refusal.tsx";
import { refusalOf } from "./refusal-of.ts";

interface TotpRegistrationProps {
  /** One is registered already: it is replaced. */
  readonly replaces: boolean;
  readonly onDone: () => void;
}

/** A secret for the authenticator application of a phone; it counts once a code has shown that it is there. */
export function TotpRegistration({ replaces, onDone }: TotpRegistrationProps) {
  const { t } = useTranslation();
  const [begun, setBegun] = useState<{ readonly secret: string; readonly address: string }>();
  const [code, setCode] = useState("");
  const [refusal, setRefusal] = useState<Refusal>();
  const [working, setWorking] = useState(false);
  const act = async (work: () => Promise<void>) => {
    setRefusal(undefined);
    setWorking(true);
    await work().catch((problem: unknown) => setRefusal(refusalOf(problem)));
    setWorking(false);
  };
  const begin = () => act(async () => setBegun(await ask(ownRoutes.beginTotp, {})));
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    void act(async () => {
      await ask(ownRoutes.confirmTotp, { code });
      setBegun(undefined);
      setCode("");
      onDone();
    });
  };
  if (begun === undefined)
    return (
      <>
        <button type="button" disabled={working} onClick={() => void begin()}>
          <Smartphone aria-hidden size={22} /> {t(replaces ? "own.replaceTotp" : "own.addTotp")}
        </button>
        {working && <p role="status">{t("own.working")}</p>}
        <RefusalNotice refusal={refusal} />
      </>
    );
  return (
    <form className="registration" onSubmit={confirm}>
      <QrCode text={begun.address} label={t("own.qr")} />
      <div>
        <p>{t("own.scan")}</p>
        <p>
          {t("own.orType")} <code>{begun.secret.match(/.{1,4}/g)?.join(" ")}</code>
        </p>
        <label>
          {t("own.code")}
          <input
            inputMode="numeric"
            autoComplete="off"
            pattern="\d{6}"
            maxLength={6}
            required
            value={code}
            onChange={event => setCode(event.target.value.replace(/\D/g, ""))}
          />
        </label>
        <RefusalNotice refusal={refusal} />
        <div className="decide">
          <button type="button" onClick={() => setBegun(undefined)}>
            {t("own.cancel")}
          </button>
          <button type="submit" className="primary" disabled={working || code.length < 6}>
            {t("own.confirm")}
          </button>
        </div>
      </div>
    </form>
  );
}
