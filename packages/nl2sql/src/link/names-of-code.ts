let known: { readonly regions: Intl.DisplayNames; readonly currencies: Intl.DisplayNames } | undefined;

/** Names that ICU has. Made when first asked for: ICU takes 10 ms to load them, which every start of a program would pay. */
function displayNames() {
  known ??= {
    regions: new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }),
    currencies: new Intl.DisplayNames('en', { type: 'currency', fallback: 'none' }),
  };
  return known;
}

// Postal codes of the United States, which ICU does not name.
const states: Readonly<Record<string, string>> = Object.fromEntries(
  `AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming`
    .split(',')
    .map((entry) => [entry.slice(0, 2), entry.slice(3)]),
);

// Symbols of the chemical elements (IUPAC), which databases of substances store in either case.
const elements: Readonly<Record<string, string>> = Object.fromEntries(
  `H hydrogen,He helium,Li lithium,Be beryllium,B boron,C carbon,N nitrogen,O oxygen,F fluorine,Ne neon,Na sodium,Mg magnesium,Al aluminium,Si silicon,P phosphorus,S sulfur,Cl chlorine,Ar argon,K potassium,Ca calcium,Sc scandium,Ti titanium,V vanadium,Cr chromium,Mn manganese,Fe iron,Co cobalt,Ni nickel,Cu copper,Zn zinc,Ga gallium,Ge germanium,As arsenic,Se selenium,Br bromine,Kr krypton,Rb rubidium,Sr strontium,Y yttrium,Zr zirconium,Nb niobium,Mo molybdenum,Tc technetium,Ru ruthenium,Rh rhodium,Pd palladium,Ag silver,Cd cadmium,In indium,Sn tin,Sb antimony,Te tellurium,I iodine,Xe xenon,Cs caesium,Ba barium,W tungsten,Re rhenium,Os osmium,Ir iridium,Pt platinum,Au gold,Hg mercury,Tl thallium,Pb lead,Bi bismuth,Po polonium,Rn radon,Ra radium,Th thorium,U uranium,Pu plutonium`
    .split(',')
    .map((entry) => entry.split(' '))
    .map(([symbol = '', name = '']) => [symbol.toLowerCase(), name]),
);

/** What a stored code stands for in English: countries, states of the United States, currencies, chemical elements. */
export function namesOfCode(value: string): string[] {
  const names: (string | undefined)[] = [];
  if (/^[A-Za-z]{1,2}$/.test(value)) names.push(elements[value.toLowerCase()]);
  if (/^[A-Z]{2}$/.test(value)) names.push(displayNames().regions.of(value), states[value]);
  if (/^[A-Z]{3}$/.test(value)) names.push(displayNames().currencies.of(value));
  return names.filter((name) => name !== undefined);
}
