import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { DemonstrationBanner } from "../components/demonstration-banner.tsx";
import { useAdministrator } from "./asking/use-administrator.ts";
import { OpenGlassBanner } from "./break-glass/open-glass-banner.tsx";
import { Covered } from "./components/covered.tsx";
import { Navigation } from "./components/navigation.tsx";
import { NoPage } from "./components/no-page.tsx";
import { Palette } from "./components/palette.tsx";
import { pages } from "./pages.ts";
import { useAddress } from "./use-address.ts";

/** The whole console. It shows nothing unless the broker says that an administrator's card is in at this seat. */
export function App() {
  const { t } = useTranslation();
  const presence = useAdministrator();
  const { page: asked } = useAddress();
  const roles = presence.state === "here" ? presence.administrator.roles : [];
  const open = pages.filter(page => page.roles.some(role => roles.includes(role)));
  const page = asked === "" ? open[0] : open.find(({ id }) => id === asked);
  const title =
    presence.state === "here" && page !== undefined ? `${t(`console.pages.${page.id}`)} – Wardkey` : "Wardkey";
  useEffect(() => {
    document.title = title;
  }, [title]);
  if (presence.state !== "here") return <Covered presence={presence} />;
  return (
    <div className="console" data-page={page?.id ?? "none"}>
      {presence.administrator.demonstration && <DemonstrationBanner />}
      <Navigation administrator={presence.administrator} pages={open} current={page?.id} />
      <main id="content">
        <OpenGlassBanner roles={roles} />
        {page === undefined ? <NoPage /> : <page.Page roles={roles} />}
      </main>
      <Palette pages={open} />
    </div>
  );
}
