import {
  AppWindow,
  Calendar,
  ClipboardList,
  FileText,
  FolderHeart,
  HeartPulse,
  type LucideIcon,
  Mail,
  MonitorCog,
  Pill,
  Scan,
  Stethoscope,
  TestTubes,
} from "lucide-react";

/** The icons that a hospital can name in its configuration, by lucide's names. */
const icons: Readonly<Record<string, LucideIcon>> = {
  calendar: Calendar,
  "clipboard-list": ClipboardList,
  "file-text": FileText,
  "folder-heart": FolderHeart,
  "heart-pulse": HeartPulse,
  mail: Mail,
  "monitor-cog": MonitorCog,
  pill: Pill,
  scan: Scan,
  stethoscope: Stethoscope,
  "test-tubes": TestTubes,
};

export function ApplicationIcon({ name }: { readonly name: string }) {
  const Icon = icons[name] ?? AppWindow;
  return <Icon aria-hidden size={40} strokeWidth={1.6} />;
}
