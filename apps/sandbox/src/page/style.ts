export const STYLE = `
:root { color-scheme: light dark; font: 14px/1.4 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 1500px; padding: 0 1rem 3rem; }
header { position: sticky; top: 0; background: Canvas; border-bottom: 1px solid GrayText; display: flex; gap: 2rem; align-items: baseline; flex-wrap: wrap; }
h1 { font-size: 1.3rem; } h1 small { font-weight: normal; } h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
div[id] { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid color-mix(in srgb, GrayText 35%, transparent); }
td { max-width: 32rem; overflow-wrap: anywhere; }
form { display: flex; gap: .5rem; flex-wrap: wrap; align-items: center; margin-bottom: .5rem; }
input[type=number] { width: 5.5rem; }
.bad { color: light-dark(#b00020, #ff8a80); font-weight: 600; }
#said { min-height: 1.4em; }
`;
