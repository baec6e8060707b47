interface Brands {
  readonly userAgentData?: { readonly brands: readonly { readonly brand: string; readonly version: string }[]; readonly platform: string };
}

/** The browser and its system, as it tells them: "Chromium 130, Linux". */
export function browserName(): string {
  const { userAgentData, userAgent } = navigator as Navigator & Brands;
  if (userAgentData !== undefined) {
    const brand = userAgentData.brands.filter(({ brand }) => !/not.?a.?brand/i.test(brand)).at(-1);
    if (brand !== undefined) return `${brand.brand} ${brand.version}, ${userAgentData.platform}`;
  }
  const name = /(Firefox|Edg|Chrome|HeadlessChrome)\/(\d+)/.exec(userAgent) ?? /Version\/(\d+).*(Safari)/.exec(userAgent);
  const system = /\(([^;)]+)/.exec(userAgent)?.[1] ?? "unknown system";
  if (name === null) return `${userAgent.slice(0, 80)}`;
  return name[2] === "Safari" ? `Safari ${name[1]}, ${system}` : `${name[1] === "Edg" ? "Edge" : name[1]} ${name[2]}, ${system}`;
}
