// Runs before the first paint: the person's own theme and language, if there are any.
{
  const root = document.documentElement;
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  const chosen = localStorage.getItem("language") ?? navigator.language.slice(0, 2);
  root.lang = ["ru", "kk", "en", "be"].includes(chosen) ? chosen : "ru";
}
