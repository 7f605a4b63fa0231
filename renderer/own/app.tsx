import { ownBase } from "../../protocol/broker/own/own-routes.ts";
import { FactorsPage } from "./pages/factors-page.tsx";
import { KeyPage } from "./pages/key-page.tsx";

/** The holder's own pages: what he has registered, and the one that asks for his security key before he has signed in. */
export function App() {
  const isKeyPage = window.location.pathname.startsWith(`${ownBase}key`);
  return isKeyPage ? <KeyPage page={window.location.hash.slice(1)} /> : <FactorsPage />;
}
