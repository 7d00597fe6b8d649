// A small document in which plotly.js draws SVG without a browser.
//
// What is here is what plotly.js asks for: a tree of nodes, inline styles, simple selectors, boxes of shapes and of
// text, a canvas that records rectangles, timers that run when told, and text out of the tree. There is no layout, no
// network and no clock. Text is as wide as the advances of the faces it will be printed in (`digestTextTables`).
// Whatever is asked for beyond that throws and names itself: a drawing that is wrong in silence would be printed.
//
// Called in this order: once digestReady() after locale.js and plotly.js were loaded; for each figure digestTextTables(json),
// digestStart(json), and digestStep() until it no longer says "busy".

(function (global) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const HTML = "http://www.w3.org/1999/xhtml";
  const DEFAULT_SIZE = 12;

  // ---------------------------------------------------------------- text tables

  // families: {"noto sans sc": "hei", …}; fallback: voice of an unknown family; faces: {voice: {ascent, descent,
  // advances: {character: em}, inks: {character: [left, right]}, kerns: {two characters: em}}}. Inks are of letters that
  // may stand out of their advance. Voices of bold text end in "-bold".
  const tables = { families: {}, fallback: "", faces: {} };
  let unknown = new Map(); // voice -> Set of characters that were measured and are in no table

  class UnknownCharacters extends Error {}

  global.digestTextTables = function (json) {
    const { families, fallback, faces } = JSON.parse(json);
    Object.assign(tables.families, families);
    tables.fallback = fallback || tables.fallback;
    for (const [voice, face] of Object.entries(faces)) {
      const known = tables.faces[voice] || (tables.faces[voice] = { advances: new Map(), inks: new Map() });
      known.ascent = face.ascent;
      known.descent = face.descent;
      known.kerns = known.kerns || new Map(Object.entries(face.kerns));
      for (const [character, em] of Object.entries(face.advances)) known.advances.set(character, em);
      for (const [character, ink] of Object.entries(face.inks)) known.inks.set(character, ink);
    }
  };

  function voiceOf(element) {
    const family = inherited(element, "font-family") || "";
    let voice = tables.fallback;
    for (const name of family.split(",")) {
      const found = tables.families[name.trim().replace(/^["']|["']$/g, "").toLowerCase()];
      if (found) {
        voice = found;
        break;
      }
    }
    const weight = inherited(element, "font-weight") || "normal";
    const bold = weight === "bold" || weight === "bolder" || parseFloat(weight) >= 600;
    return bold ? voice + "-bold" : voice;
  }

  function faceOf(voice) {
    const face = tables.faces[voice];
    if (!face) throw new Error("no text table for voice " + voice);
    return face;
  }

  const SMALL_CAPITALS = 0.7; // of the type size, where the face has none of its own

  // What is set of a text, as [letters, share of the type size] pieces: capitals and small capitals are made of it.
  function setting(element, text) {
    const change = CASES[inherited(element, "text-transform") || "none"];
    if (!change) throw new Error("text-transform is not understood: " + inherited(element, "text-transform"));
    const changed = change(text);
    const variant = inherited(element, "font-variant") || "normal";
    if (variant === "normal") return [[changed, 1]];
    if (!/^(all-)?(small|petite)-caps$/.test(variant)) throw new Error("font-variant is not understood: " + variant);
    const pieces = [];
    for (const letter of changed) {
      const capital = letter.toUpperCase();
      const small = capital !== letter || (variant.startsWith("all") && letter.toLowerCase() !== letter);
      const share = small ? SMALL_CAPITALS : 1;
      const last = pieces[pieces.length - 1];
      if (last && last[1] === share) last[0] += capital;
      else pieces.push([capital, share]);
    }
    return pieces;
  }

  const CASES = {
    none: (text) => text,
    uppercase: (text) => text.toUpperCase(),
    lowercase: (text) => text.toLowerCase(),
    capitalize: (text) => text.replace(/(?<![\p{L}\p{N}_'’])\p{L}/gu, (letter) => letter.toUpperCase()),
  };

  // Height above and depth below the baseline, in half units as browsers give them on a fine screen: what labels leave
  // each other for room depends on it. A depth that was rounded down takes its half from the height.
  function heightsOf(voice, size) {
    const face = faceOf(voice);
    const depth = 2 * face.descent * size;
    const cut = Math.round(depth) < depth && depth >= 0.5 ? 1 : 0;
    return [(Math.round(2 * face.ascent * size) - cut) / 2, (Math.round(depth) + cut) / 2];
  }

  // From where to where a text reaches on both sides of its pen, and its width, over which the pen moves. Ink is taken
  // out to the next half unit, as browsers do on a fine screen; what has no room of its own stands out of the width.
  // Throws on characters without an advance, so that no wrong width is ever remembered by anyone.
  function reachOf(text, voice, size) {
    const { advances, inks, kerns } = faceOf(voice);
    let [pen, left, right, before] = [0, 0, 0, ""];
    let missing = null;
    for (const character of text) {
      const advance = advances.get(character);
      if (advance === undefined) {
        (missing = missing || []).push(character);
        continue;
      }
      pen += (kerns.get(before + character) || 0) * size;
      const ink = inks.get(character);
      if (ink) {
        left = Math.min(left, pen + Math.floor(2 * size * ink[0]) / 2);
        right = Math.max(right, pen + Math.ceil(2 * size * ink[1]) / 2);
      }
      pen += advance * size;
      before = character;
    }
    if (missing) {
      if (!unknown.has(voice)) unknown.set(voice, new Set());
      for (const character of missing) unknown.get(voice).add(character);
      throw new UnknownCharacters("no advance for " + missing.join(""));
    }
    return { left, right: Math.max(right, pen), width: pen };
  }

  function sizeOf(element) {
    const sizes = [];
    for (let e = element; e && e.nodeType === 1; e = e.parentNode) {
      const size = own(e, "font-size");
      if (!size) continue;
      sizes.push(size);
      if (!/(%|em)$/.test(size)) break;
    }
    let value = DEFAULT_SIZE;
    for (const size of sizes.reverse()) {
      const number = parseFloat(size);
      if (size.endsWith("%")) value *= number / 100;
      else if (size.endsWith("em")) value *= number;
      else value = number;
    }
    return value;
  }

  function own(element, property) {
    const styled = element.inlineStyle && element.inlineStyle.values.get(property);
    return styled || element.attributeMap.get(property) || "";
  }

  function inherited(element, property) {
    for (let e = element; e && e.nodeType === 1; e = e.parentNode) {
      const value = own(e, property);
      if (value) return value;
    }
    return "";
  }

  // ---------------------------------------------------------------- styles

  const dashed = (name) => name.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase());

  class CSSStyleDeclaration {
    constructor() {
      this.values = new Map();
    }
    setProperty(name, value) {
      if (value === null || value === undefined || value === "") this.values.delete(name);
      else this.values.set(name, String(value));
    }
    getPropertyValue(name) {
      return this.values.get(name) || "";
    }
    removeProperty(name) {
      const old = this.getPropertyValue(name);
      this.values.delete(name);
      return old;
    }
    get length() {
      return this.values.size;
    }
    get cssText() {
      return Array.from(this.values, ([name, value]) => name + ": " + value + ";").join(" ");
    }
    set cssText(text) {
      this.values.clear();
      for (const part of String(text).split(/;(?![^(]*\))/)) {
        const colon = part.indexOf(":");
        if (colon > 0) this.setProperty(part.slice(0, colon).trim(), part.slice(colon + 1).trim());
      }
    }
  }

  // Reading or writing style.fontSize must reach the declaration "font-size"; unknown names would be lost.
  const styleHandler = {
    get(style, name) {
      if (name in style || typeof name === "symbol") {
        const value = style[name];
        return typeof value === "function" ? value.bind(style) : value;
      }
      return style.getPropertyValue(dashed(name));
    },
    set(style, name, value) {
      if (name === "cssText") style.cssText = value;
      else style.setProperty(dashed(name), value);
      return true;
    },
  };

  // ---------------------------------------------------------------- nodes

  class Node {
    constructor(ownerDocument) {
      this.ownerDocument = ownerDocument;
      this.parentNode = null;
      this.childNodes = [];
    }
    get firstChild() {
      return this.childNodes[0] || null;
    }
    get lastChild() {
      return this.childNodes[this.childNodes.length - 1] || null;
    }
    get nextSibling() {
      return this.sibling(1);
    }
    get previousSibling() {
      return this.sibling(-1);
    }
    sibling(step) {
      if (!this.parentNode) return null;
      const all = this.parentNode.childNodes;
      return all[all.indexOf(this) + step] || null;
    }
    get parentElement() {
      return this.parentNode && this.parentNode.nodeType === 1 ? this.parentNode : null;
    }
    get isConnected() {
      return this.getRootNode() === document;
    }
    getRootNode() {
      let node = this;
      while (node.parentNode) node = node.parentNode;
      return node;
    }
    hasChildNodes() {
      return this.childNodes.length > 0;
    }
    appendChild(node) {
      return this.insertBefore(node, null);
    }
    insertBefore(node, before) {
      if (node === before) return node;
      if (node.nodeType === 11) {
        for (const child of node.childNodes.slice()) this.insertBefore(child, before);
        return node;
      }
      if (node.parentNode) node.parentNode.removeChild(node);
      const at = before ? this.childNodes.indexOf(before) : -1;
      if (at < 0) this.childNodes.push(node);
      else this.childNodes.splice(at, 0, node);
      node.parentNode = this;
      return node;
    }
    removeChild(node) {
      const at = this.childNodes.indexOf(node);
      if (at >= 0) {
        this.childNodes.splice(at, 1);
        node.parentNode = null;
      }
      return node;
    }
    replaceChild(node, old) {
      this.insertBefore(node, old);
      return this.removeChild(old);
    }
    remove() {
      if (this.parentNode) this.parentNode.removeChild(this);
    }
    contains(node) {
      for (let n = node; n; n = n.parentNode) if (n === this) return true;
      return false;
    }
    compareDocumentPosition(other) {
      const [PRECEDES, FOLLOWS, CONTAINS, CONTAINED] = [2, 4, 8, 16];
      if (this === other) return 0;
      if (this.contains(other)) return FOLLOWS | CONTAINED;
      if (other.contains(this)) return PRECEDES | CONTAINS;
      let [mine, yours] = [this, other];
      while (mine.parentNode && !mine.parentNode.contains(other)) mine = mine.parentNode;
      while (yours.parentNode && yours.parentNode !== mine.parentNode) yours = yours.parentNode;
      const all = mine.parentNode ? mine.parentNode.childNodes : [];
      return all.indexOf(mine) < all.indexOf(yours) ? FOLLOWS : PRECEDES;
    }
    get textContent() {
      return this.childNodes.map((child) => child.textContent).join("");
    }
    set textContent(text) {
      for (const child of this.childNodes) child.parentNode = null;
      this.childNodes = [];
      if (text !== null && text !== undefined && text !== "") this.appendChild(new Text(this.ownerDocument, text));
    }
    addEventListener() {}
    removeEventListener() {}
    dispatchEvent() {
      return true;
    }
  }

  class Text extends Node {
    constructor(ownerDocument, text) {
      super(ownerDocument);
      this.data = String(text);
    }
    get nodeType() {
      return 3;
    }
    get nodeName() {
      return "#text";
    }
    get nodeValue() {
      return this.data;
    }
    set nodeValue(text) {
      this.data = String(text);
    }
    get textContent() {
      return this.data;
    }
    set textContent(text) {
      this.data = String(text);
    }
    cloneNode() {
      return new Text(this.ownerDocument, this.data);
    }
  }

  class DocumentFragment extends Node {
    get nodeType() {
      return 11;
    }
    get nodeName() {
      return "#document-fragment";
    }
  }

  class ClassList {
    constructor(element) {
      this.element = element;
    }
    get names() {
      return (this.element.attributeMap.get("class") || "").split(/\s+/).filter(Boolean);
    }
    get length() {
      return this.names.length;
    }
    contains(name) {
      return this.names.includes(name);
    }
    add(...names) {
      this.element.setAttribute("class", [...new Set([...this.names, ...names])].join(" "));
    }
    remove(...names) {
      this.element.setAttribute("class", this.names.filter((name) => !names.includes(name)).join(" "));
    }
    toggle(name, force) {
      const on = force === undefined ? !this.contains(name) : force;
      if (on) this.add(name);
      else this.remove(name);
      return on;
    }
  }

  class Element extends Node {
    constructor(ownerDocument, namespaceURI, localName) {
      super(ownerDocument);
      this.namespaceURI = namespaceURI;
      this.localName = localName;
      this.attributeMap = new Map();
      this.inlineStyle = null;
      this.classSet = null;
    }
    get nodeType() {
      return 1;
    }
    get nodeName() {
      return this.namespaceURI === HTML ? this.localName.toUpperCase() : this.localName;
    }
    get tagName() {
      return this.nodeName;
    }
    get style() {
      if (!this.inlineStyle) {
        this.inlineStyle = new CSSStyleDeclaration();
        this.styleProxy = new Proxy(this.inlineStyle, styleHandler);
      }
      return this.styleProxy;
    }
    set style(text) {
      this.style.cssText = text;
    }
    get id() {
      return this.attributeMap.get("id") || "";
    }
    set id(value) {
      this.setAttribute("id", value);
    }
    get className() {
      return this.attributeMap.get("class") || "";
    }
    set className(value) {
      this.setAttribute("class", value);
    }
    get classList() {
      return new ClassList(this);
    }
    get classes() {
      if (!this.classSet) this.classSet = new Set(this.className.split(/\s+/));
      return this.classSet;
    }
    get attributes() {
      return Array.from(this.attributeMap, ([name, value]) => ({ name, value }));
    }
    setAttribute(name, value) {
      if (name === "style") {
        this.style.cssText = value;
        return;
      }
      this.attributeMap.set(name, String(value));
      if (name === "class") this.classSet = null;
    }
    getAttribute(name) {
      if (name === "style") return this.inlineStyle && this.inlineStyle.length ? this.inlineStyle.cssText : null;
      const value = this.attributeMap.get(name);
      return value === undefined ? null : value;
    }
    hasAttribute(name) {
      return this.getAttribute(name) !== null;
    }
    removeAttribute(name) {
      if (name === "style") this.style.cssText = "";
      this.attributeMap.delete(name);
      if (name === "class") this.classSet = null;
    }
    // Names keep their prefix (xlink:href), so that the namespace adds nothing.
    setAttributeNS(_namespace, name, value) {
      this.setAttribute(name, value);
    }
    getAttributeNS(_namespace, name) {
      return this.getAttribute(name);
    }
    removeAttributeNS(_namespace, name) {
      this.removeAttribute(name);
    }
    get children() {
      return this.childNodes.filter((child) => child.nodeType === 1);
    }
    get firstElementChild() {
      return this.children[0] || null;
    }
    get ownerSVGElement() {
      for (let e = this.parentElement; e; e = e.parentElement) if (e.localName === "svg") return e;
      return null;
    }
    get innerHTML() {
      return this.childNodes.map(serialize).join("");
    }
    set innerHTML(markup) {
      if (/[<&]/.test(markup)) throw new Error("innerHTML of markup is not understood: " + markup.slice(0, 60));
      this.textContent = markup;
    }
    get clientWidth() {
      return parseFloat(this.style.width) || 0;
    }
    get clientHeight() {
      return parseFloat(this.style.height) || 0;
    }
    get offsetWidth() {
      return this.clientWidth;
    }
    get offsetHeight() {
      return this.clientHeight;
    }
    cloneNode(deep) {
      const copy = this.ownerDocument.createElementNS(this.namespaceURI, this.localName);
      for (const [name, value] of this.attributeMap) copy.setAttribute(name, value);
      if (this.inlineStyle) for (const [name, value] of this.inlineStyle.values) copy.style.setProperty(name, value);
      if (deep) for (const child of this.childNodes) copy.appendChild(child.cloneNode(true));
      return copy;
    }
    matches(selector) {
      return parseSelector(selector).some((chain) => matchesChain(this, chain, chain.length - 1, null));
    }
    closest(selector) {
      for (let e = this; e && e.nodeType === 1; e = e.parentNode) if (e.matches(selector)) return e;
      return null;
    }
    querySelector(selector) {
      return select(this, selector, 1)[0] || null;
    }
    querySelectorAll(selector) {
      return select(this, selector, Infinity);
    }
    getElementsByTagName(name) {
      return select(this, name, Infinity);
    }
    getElementsByClassName(name) {
      return select(this, "." + name, Infinity);
    }
    getBBox() {
      return boxOf(this, IDENTITY);
    }
    getBoundingClientRect() {
      const { x, y, width, height } = boxOf(this, matrixToPage(this));
      return { x, y, width, height, left: x, top: y, right: x + width, bottom: y + height };
    }
    getComputedTextLength() {
      return textRuns(this).reduce((sum, run) => sum + run.width, 0);
    }
    getScreenCTM() {
      const [a, b, c, d, e, f] = matrixToPage(this);
      return { a, b, c, d, e, f };
    }
    getTotalLength() {
      return outlineOf(this).length;
    }
    getPointAtLength(distance) {
      return outlineOf(this).at(distance);
    }
    focus() {}
    blur() {}
  }

  class HTMLElement extends Element {}
  class HTMLDivElement extends HTMLElement {}
  class HTMLImageElement extends HTMLElement {}
  class HTMLVideoElement extends HTMLElement {}
  class SVGElement extends Element {
    get transform() {
      const consolidate = () => {
        if (!this.attributeMap.get("transform")) return null;
        const [a, b, c, d, e, f] = transformOf(this);
        return { matrix: { a, b, c, d, e, f } };
      };
      return { baseVal: { consolidate } };
    }
  }

  class HTMLCanvasElement extends HTMLElement {
    getContext(kind) {
      if (kind !== "2d") return null; // as in a browser without WebGL
      if (!this.context) this.context = new RecordingContext(this);
      return this.context;
    }
    toDataURL() {
      return this.getContext("2d").address();
    }
  }

  class Document extends Node {
    get nodeType() {
      return 9;
    }
    get nodeName() {
      return "#document";
    }
    get documentElement() {
      return this.firstChild;
    }
    get defaultView() {
      return global;
    }
    get styleSheets() {
      return [];
    }
    get readyState() {
      return "complete";
    }
    createElement(name) {
      return this.createElementNS(HTML, String(name).toLowerCase());
    }
    createElementNS(namespace, name) {
      const kinds = { canvas: HTMLCanvasElement, div: HTMLDivElement, img: HTMLImageElement };
      const kind = namespace === SVG ? SVGElement : kinds[name] || HTMLElement;
      const element = new kind(this, namespace, name);
      if (name === "style") element.sheet = new StyleSheet();
      return element;
    }
    createTextNode(text) {
      return new Text(this, text);
    }
    createDocumentFragment() {
      return new DocumentFragment(this);
    }
    createEvent() {
      return { initEvent() {} };
    }
    getElementById(id) {
      return select(this, "#" + id, 1)[0] || null;
    }
    querySelector(selector) {
      return select(this, selector, 1)[0] || null;
    }
    querySelectorAll(selector) {
      return select(this, selector, Infinity);
    }
    getElementsByTagName(name) {
      return select(this, name, Infinity);
    }
    hasFocus() {
      return true;
    }
  }

  // Plotly puts its rules for mouse and menu here; none of them reaches the picture.
  class StyleSheet {
    constructor() {
      this.cssRules = [];
    }
    insertRule(rule) {
      this.cssRules.push(rule);
    }
    deleteRule(at) {
      this.cssRules.splice(at, 1);
    }
  }

  // ---------------------------------------------------------------- selectors

  // A selector is a list of chains; a chain is a list of steps, each with the combinator that leads to it.
  const parsedSelectors = new Map();

  function parseSelector(selector) {
    let chains = parsedSelectors.get(selector);
    if (!chains) {
      chains = selector.split(",").map(parseChain);
      parsedSelectors.set(selector, chains);
    }
    return chains;
  }

  function parseChain(text) {
    const chain = [];
    let child = false;
    for (const word of text.trim().replace(/>/g, " > ").split(/\s+/)) {
      if (word === ">") {
        child = true;
        continue;
      }
      chain.push({ child, test: parseTest(word) });
      child = false;
    }
    return chain;
  }

  const SELECTOR_PARTS = [
    [/^\*/, () => () => true],
    [/^[a-zA-Z][\w-]*/, ([name]) => isNamed(name, name.toLowerCase())],
    [/^\.([\w-]+)/, ([, name]) => (e) => e.classes.has(name)],
    [/^#([\w-]+)/, (m) => (e) => e.id === m[1]],
    [/^\[([\w:-]+)\]/, (m) => (e) => e.hasAttribute(m[1])],
    [/^\[([\w:-]+)([*^]?)=["']?([^"'\]]*)["']?\]/, (m) => (e) => comparesTo(e.getAttribute(m[1]), m[2], m[3])],
    [/^:not\(([^)]*)\)/, (m) => negated(parseTest(m[1]))],
    [/^:first-child/, () => (e) => !e.parentElement || e.parentElement.firstElementChild === e],
    [/^:last-child/, () => (e) => !e.parentElement || e.parentElement.children.pop() === e],
    [/^:scope/, () => (e, scope) => e === scope],
  ];

  const isNamed = (name, small) => (e) => e.localName === name || e.localName.toLowerCase() === small;
  const both = (one, other) => (e, scope) => one(e, scope) && other(e, scope);
  const negated = (test) => (e, scope) => !test(e, scope);

  function parseTest(word) {
    const tests = [];
    for (let rest = word; rest; ) {
      const part = SELECTOR_PARTS.find(([pattern]) => pattern.test(rest));
      if (!part) throw new Error("selector is not understood: " + word);
      const match = part[0].exec(rest);
      tests.push(part[1](match));
      rest = rest.slice(match[0].length);
    }
    return tests.reduce(both);
  }

  function comparesTo(value, how, expected) {
    if (value === null) return false;
    if (how === "*") return value.includes(expected);
    return how === "^" ? value.startsWith(expected) : value === expected;
  }

  function matchesChain(element, chain, last, scope) {
    if (!chain[last].test(element, scope)) return false;
    if (last === 0) return true;
    for (let e = element.parentNode; e && e.nodeType === 1; e = e.parentNode) {
      if (matchesChain(e, chain, last - 1, scope)) return true;
      if (chain[last].child) return false;
    }
    return false;
  }

  function select(root, selector, most) {
    const chains = parseSelector(selector);
    const single = chains.length === 1 && chains[0].length === 1 ? chains[0][0].test : null; // nearly all of them
    const matches = single || ((e) => chains.some((chain) => matchesChain(e, chain, chain.length - 1, root)));
    const found = [];
    const visit = ({ childNodes }) => {
      for (let i = 0; i < childNodes.length && found.length < most; i++) {
        const child = childNodes[i];
        if (child.nodeType !== 1) continue;
        if (matches(child, root)) found.push(child);
        if (child.childNodes.length) visit(child);
      }
    };
    visit(root);
    return found.slice(0, most);
  }

  // ---------------------------------------------------------------- geometry

  const IDENTITY = [1, 0, 0, 1, 0, 0];
  const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g;

  const numbersIn = (text) => (text.match(NUMBER) || []).map(Number);
  const numberOf = (element, name) => parseFloat(element.attributeMap.get(name)) || 0;

  function times([a, b, c, d, e, f], [p, q, r, s, t, u]) {
    return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
  }

  const TRANSFORMS = {
    matrix: (values) => values,
    translate: ([x, y = 0]) => [1, 0, 0, 1, x, y],
    scale: ([x, y = x]) => [x, 0, 0, y, 0, 0],
    rotate([degrees, x = 0, y = 0]) {
      const turn = (degrees * Math.PI) / 180;
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
      return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
    },
  };

  function transformOf(element) {
    let matrix = IDENTITY;
    for (const [, name, values] of (element.attributeMap.get("transform") || "").matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
      if (!TRANSFORMS[name]) throw new Error("transform is not understood: " + name);
      matrix = times(matrix, TRANSFORMS[name](numbersIn(values)));
    }
    if (element.localName === "svg") {
      matrix = times([1, 0, 0, 1, numberOf(element, "x"), numberOf(element, "y")], matrix);
    }
    return matrix;
  }

  function matrixToPage(element) {
    let matrix = IDENTITY;
    for (let e = element; e && e.nodeType === 1; e = e.parentNode) matrix = times(transformOf(e), matrix);
    return matrix;
  }

  class Bounds {
    constructor() {
      this.left = this.top = Infinity;
      this.right = this.bottom = -Infinity;
    }
    add([a, b, c, d, e, f], x, y) {
      const [px, py] = [a * x + c * y + e, b * x + d * y + f];
      this.left = Math.min(this.left, px);
      this.right = Math.max(this.right, px);
      this.top = Math.min(this.top, py);
      this.bottom = Math.max(this.bottom, py);
    }
    addBox(matrix, x, y, width, height) {
      for (const px of [x, x + width]) for (const py of [y, y + height]) this.add(matrix, px, py);
    }
    box(matrix) {
      if (this.left > this.right) return { x: matrix[4], y: matrix[5], width: 0, height: 0 };
      return { x: this.left, y: this.top, width: this.right - this.left, height: this.bottom - this.top };
    }
  }

  // Each shape adds itself to the bounds; what is missing here has no extent of its own.
  const EXTENTS = {
    rect: addRectangle,
    image: addRectangle,
    line(e, matrix, bounds) {
      bounds.add(matrix, numberOf(e, "x1"), numberOf(e, "y1"));
      bounds.add(matrix, numberOf(e, "x2"), numberOf(e, "y2"));
    },
    circle(e, matrix, bounds) {
      const r = numberOf(e, "r");
      bounds.addBox(matrix, numberOf(e, "cx") - r, numberOf(e, "cy") - r, 2 * r, 2 * r);
    },
    path(e, matrix, bounds) {
      for (const [x, y] of outlineOf(e).points) bounds.add(matrix, x, y);
    },
    text(e, matrix, bounds) {
      for (const run of textRuns(e)) {
        if (!run.width) continue;
        const [ascent, descent] = heightsOf(run.voice, run.size);
        bounds.addBox(matrix, run.x + run.left, run.y - ascent, run.right - run.left, ascent + descent);
      }
    },
  };

  function addRectangle(e, matrix, bounds) {
    bounds.addBox(matrix, numberOf(e, "x"), numberOf(e, "y"), numberOf(e, "width"), numberOf(e, "height"));
  }

  const WITHOUT_EXTENT = new Set(["defs", "clipPath", "linearGradient", "radialGradient", "pattern", "style"]);

  function boxOf(element, matrix) {
    if (element.namespaceURI === HTML) {
      return { x: 0, y: 0, width: element.clientWidth, height: element.clientHeight };
    }
    if (element.localName === "svg" && numberOf(element, "width") && numberOf(element, "height")) {
      const bounds = new Bounds();
      bounds.addBox(matrix, 0, 0, numberOf(element, "width"), numberOf(element, "height"));
      return bounds.box(matrix);
    }
    const bounds = new Bounds();
    addExtent(element, matrix, bounds);
    return bounds.box(matrix);
  }

  function addExtent(element, matrix, bounds) {
    if (own(element, "display") === "none" || WITHOUT_EXTENT.has(element.localName)) return;
    const extent = EXTENTS[element.localName];
    if (extent) {
      extent(element, matrix, bounds);
      return;
    }
    for (const child of element.children) addExtent(child, times(matrix, transformOf(child)), bounds);
  }

  // Runs of a text element with the place of each: a chunk begins where x is given anew, its runs follow each other,
  // and the anchor moves the whole chunk.
  function textRuns(text) {
    const chunks = [];
    const pen = { x: 0, y: 0 };
    const visit = (node, style) => {
      if (node.nodeType === 3) {
        if (!chunks.length) chunks.push({ x: pen.x, anchor: "start", runs: [] });
        const run = { x: 0, y: pen.y, voice: style.voice, size: style.size, left: 0, right: 0, width: 0 };
        for (const [letters, share] of setting(node.parentNode, node.data)) {
          const reach = reachOf(letters, style.voice, share * style.size);
          run.left = Math.min(run.left, run.width + reach.left);
          run.right = Math.max(run.right, run.width + reach.right);
          run.width += reach.width;
        }
        chunks[chunks.length - 1].runs.push(run);
        return;
      }
      const here = { voice: voiceOf(node), size: sizeOf(node) };
      const shift = (name) => {
        const value = node.attributeMap.get(name) || "";
        return (parseFloat(value) || 0) * (value.endsWith("em") ? here.size : 1);
      };
      if (node.attributeMap.has("y")) pen.y = numberOf(node, "y");
      pen.y += shift("dy");
      if (node.attributeMap.has("x") || node.attributeMap.has("dx")) {
        const x = (node.attributeMap.has("x") ? numberOf(node, "x") : pen.x) + shift("dx");
        chunks.push({ x, anchor: inherited(node, "text-anchor") || "start", runs: [] });
      }
      for (const child of node.childNodes) visit(child, here);
    };
    if (!text.attributeMap.has("x")) {
      chunks.push({ x: 0, anchor: inherited(text, "text-anchor") || "start", runs: [] });
    }
    visit(text, null);
    for (const chunk of chunks) {
      const total = chunk.runs.reduce((sum, run) => sum + run.width, 0);
      let x = chunk.x - total * ({ middle: 0.5, end: 1 }[chunk.anchor] || 0);
      for (const run of chunk.runs) {
        run.x = x;
        x += run.width;
      }
    }
    return chunks.flatMap((chunk) => chunk.runs);
  }

  // ---------------------------------------------------------------- outlines of paths

  // A path along its length, parted as the library that browsers draw with parts it: labels of contours are put where it
  // says. A curve is halved until its handles lie within half a unit of where those of a straight line would.
  // Its numbers are short, and so are ours: of two places that are as good the same is taken.
  class Outline {
    constructor({ points, curves }) {
      this.points = points;
      this.length = 0;
      this.parts = []; // each up to a distance from the start and a share of its curve
      for (const curve of curves) this.part(curve, curve, 0, 1);
    }
    part(curve, piece, from, to) {
      if (to - from > LEAST_SHARE && isBent(piece)) {
        const middle = (from + to) / 2;
        const [head, tail] = halves(piece);
        this.part(curve, head, from, middle);
        this.part(curve, tail, middle, to);
        return;
      }
      const [[x0, y0], [x1, y1]] = [piece[0], piece[piece.length - 1]];
      const start = this.length;
      this.length = Math.fround(start + Math.hypot(x1 - x0, y1 - y0));
      if (this.length > start) this.parts.push({ curve, from, to, start, end: this.length });
    }
    at(distance) {
      if (!this.parts.length) return { x: 0, y: 0 };
      const along = Math.min(Math.max(distance, 0), this.length);
      const { curve, from, to, start, end } = this.parts.find((part) => part.end >= along);
      const [x, y] = bezier(curve, from + ((to - from) * (along - start)) / (end - start));
      return { x: Math.fround(x), y: Math.fround(y) };
    }
  }

  const LEAST_SHARE = 2 ** -20;
  const BEND = 0.5;

  function isBent(piece) {
    const last = piece.length - 1;
    const [[x0, y0], [x1, y1]] = [piece[0], piece[last]];
    return piece.slice(1, last).some(([x, y], i) => {
      const share = (i + 1) / last;
      const weight = last === 2 ? 0.5 : 1; // a curve with one handle stays nearer to its chord
      const [dx, dy] = [x - x0 - share * (x1 - x0), y - y0 - share * (y1 - y0)];
      return weight * Math.max(Math.abs(dx), Math.abs(dy)) > BEND;
    });
  }

  function halves(piece) {
    const [head, tail] = [[], []];
    const cut = (level) => {
      head.push(level[0]);
      tail.unshift(level[level.length - 1]);
      if (level.length > 1) cut(between(level, 0.5));
    };
    cut(piece);
    return [head, tail];
  }

  function outlineOf(element) {
    const d = element.attributeMap.get("d") || "";
    if (element.outlineFor !== d) {
      element.outlineFor = d;
      element.outline = new Outline(flatten(d));
    }
    return element.outline;
  }

  const ARGUMENTS = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 };
  const CURVE_STEPS = 16;

  // A path as its lines and curves, each a list of its ends with the handles between them; and points on it that are
  // fine enough for its extent.
  function flatten(d) {
    const [points, curves] = [[], []];
    let [x, y, startX, startY] = [0, 0, 0, 0];
    let handle = null; // second handle of the curve before, for S and T
    const move = (px, py) => points.push([(x = px), (y = py)]);
    const go = (px, py) => {
      curves.push([[x, y], [px, py]]);
      move(px, py);
    };
    const bend = (handles) => {
      const curve = [[x, y], ...handles];
      curves.push(curve);
      for (let step = 1; step <= CURVE_STEPS; step++) move(...bezier(curve, step / CURVE_STEPS));
      handle = handles[handles.length - 2];
    };
    for (const [, letter, rest] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*(?:[eE][-+]?\d[^a-zA-Z]*)*)/g)) {
      let command = letter.toUpperCase();
      const count = ARGUMENTS[command];
      if (count === undefined) throw new Error("path command is not understood: " + letter);
      const values = numbersIn(rest);
      if (command === "Z") {
        go(startX, startY);
        continue;
      }
      for (let i = 0; i + count <= values.length; i += count) {
        const [ox, oy] = letter === command ? [0, 0] : [x, y];
        const v = values.slice(i, i + count);
        const pairs = () => Array.from({ length: count / 2 }, (_, k) => [ox + v[2 * k], oy + v[2 * k + 1]]);
        const mirror = handle ? [2 * x - handle[0], 2 * y - handle[1]] : [x, y];
        if (command === "H") go(ox + v[0], y);
        else if (command === "V") go(x, oy + v[0]);
        else if (command === "A") arc(x, y, v, ox + v[5], oy + v[6]).forEach(([px, py]) => go(px, py));
        else if (command === "L") go(ox + v[0], oy + v[1]);
        if (command === "M") {
          move(ox + v[0], oy + v[1]);
          [startX, startY] = [x, y];
          command = "L"; // further pairs are lines
        }
        if (command === "C" || command === "Q") bend(pairs());
        else if (command === "S" || command === "T") bend([mirror, ...pairs()]);
        else handle = null;
      }
    }
    return { points, curves };
  }

  const between = (points, t) =>
    points.slice(1).map(([x, y], i) => [points[i][0] * (1 - t) + x * t, points[i][1] * (1 - t) + y * t]);

  function bezier(points, t) {
    let level = points;
    while (level.length > 1) level = between(level, t);
    return level[0];
  }

  // Points of an elliptical arc from (x0, y0) to (x1, y1), by the conversion of SVG 1.1, appendix F.6.5.
  function arc(x0, y0, [rx0, ry0, degrees, large, sweep], x1, y1) {
    let [rx, ry] = [Math.abs(rx0), Math.abs(ry0)];
    if (!rx || !ry) return [[x1, y1]];
    const turn = (degrees * Math.PI) / 180;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const [hx, hy] = [(x0 - x1) / 2, (y0 - y1) / 2];
    const [ux, uy] = [cos * hx + sin * hy, cos * hy - sin * hx];
    const stretch = Math.sqrt((ux / rx) ** 2 + (uy / ry) ** 2);
    if (stretch > 1) [rx, ry] = [rx * stretch, ry * stretch];
    const away = (rx * uy) ** 2 + (ry * ux) ** 2;
    if (!away) return [[x1, y1]];
    const k = Math.sqrt(Math.max(0, (rx * ry) ** 2 - away) / away) * (large === sweep ? -1 : 1);
    const [cx, cy] = [(k * rx * uy) / ry, (-k * ry * ux) / rx];
    const from = Math.atan2((uy - cy) / ry, (ux - cx) / rx);
    let sweepAngle = Math.atan2((-uy - cy) / ry, (-ux - cx) / rx) - from;
    if (sweep && sweepAngle < 0) sweepAngle += 2 * Math.PI;
    if (!sweep && sweepAngle > 0) sweepAngle -= 2 * Math.PI;
    const points = [];
    for (let step = 1; step < CURVE_STEPS; step++) {
      const angle = from + (sweepAngle * step) / CURVE_STEPS;
      const [ex, ey] = [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
      points.push([cos * ex - sin * ey + (x0 + x1) / 2, sin * ex + cos * ey + (y0 + y1) / 2]);
    }
    return [...points, [x1, y1]];
  }

  // ---------------------------------------------------------------- canvas

  // Heat maps are painted cell by cell. The cells are kept as rectangles, so that they stay sharp in print; only one
  // that is painted pixel by pixel becomes pixels.
  class RecordingContext {
    constructor(canvas) {
      this.canvas = canvas;
      this.fillStyle = "#000";
      this.cells = [];
      this.pixels = null;
    }
    fillRect(x, y, width, height) {
      if (/^rgba\(.*,\s*0\)$/.test(this.fillStyle)) return; // a cell without a value
      this.cells.push([this.fillStyle, x, y, width, height]);
    }
    createImageData(width, height) {
      return { width, height, data: new Uint8ClampedArray(4 * width * height) };
    }
    putImageData(pixels, x, y) {
      const { width, height } = this.canvas;
      if (x || y || this.cells.length || pixels.width !== width || pixels.height !== height) {
        throw new Error("pixels over a part of a canvas are not understood");
      }
      this.pixels = pixels;
    }
    measureText(text) {
      return { width: reachOf(text, tables.fallback, DEFAULT_SIZE).width };
    }
    address() {
      if (this.pixels) return "data:image/png;base64," + base64(png(this.pixels));
      return "data:image/svg+xml," + encodeURIComponent(this.svg());
    }
    svg() {
      const { width, height } = this.canvas;
      const rects = this.cells.map(
        ([fill, x, y, w, h]) => `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${escape(fill)}"/>`,
      );
      return `<svg xmlns="${SVG}" width="${width}" height="${height}">${rects.join("")}</svg>`;
    }
  }

  for (const name of ["drawImage", "getImageData", "stroke", "fill", "arc"]) {
    RecordingContext.prototype[name] = function () {
      throw new Error("canvas method is not understood: " + name);
    };
  }

  // Bytes of a PNG file (ISO/IEC 15948). Nothing is compressed here: whoever prints the pixels does that.
  function png({ width, height, data }) {
    const rows = new Uint8Array(height * (4 * width + 1)); // each row begins with the number of its filter, none
    for (let y = 0; y < height; y++) {
      rows.set(data.subarray(4 * width * y, 4 * width * (y + 1)), y * (4 * width + 1) + 1);
    }
    const size = (number) => [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255];
    const parts = [
      [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
      ...chunk("IHDR", [...size(width), ...size(height), 8, 6, 0, 0, 0]),
      ...chunk("IDAT", stored(rows)),
      ...chunk("IEND", []),
    ];
    return joined(parts);

    function chunk(name, body) {
      const named = joined([Array.from(name, (letter) => letter.charCodeAt(0)), body]);
      return [size(body.length), named, size(checksum(named))];
    }
    // Blocks of zlib and deflate that hold their bytes as they are (RFC 1950, RFC 1951).
    function stored(bytes) {
      const MOST = 65535;
      const blocks = [[0x78, 0x01]];
      for (let at = 0; at < bytes.length; at += MOST) {
        const block = bytes.subarray(at, at + MOST);
        const [low, high] = [block.length & 255, block.length >> 8];
        blocks.push([at + MOST >= bytes.length ? 1 : 0, low, high, low ^ 255, high ^ 255], block);
      }
      let [a, b] = [1, 0];
      for (const byte of bytes) b = (b + (a = (a + byte) % 65521)) % 65521;
      return joined([...blocks, size(((b << 16) | a) >>> 0)]);
    }
  }

  function joined(parts) {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  const REMAINDERS = Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value >>> 0;
  });

  function checksum(bytes) {
    let value = 0xffffffff;
    for (const byte of bytes) value = REMAINDERS[(value ^ byte) & 255] ^ (value >>> 8);
    return (value ^ 0xffffffff) >>> 0;
  }

  // ---------------------------------------------------------------- text of the tree

  const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

  function serialize(node) {
    if (node.nodeType === 3) return escape(node.data);
    const attributes = node.attributes;
    const style = node.getAttribute("style");
    if (style) attributes.push({ name: "style", value: style });
    const open = node.localName + attributes.map(({ name, value }) => ` ${name}="${escape(value)}"`).join("");
    if (!node.childNodes.length) return `<${open}/>`;
    return `<${open}>${node.childNodes.map(serialize).join("")}</${node.localName}>`;
  }

  // ---------------------------------------------------------------- the window around it

  const document = new Document(null);
  document.appendChild(document.createElement("html"));
  document.head = document.documentElement.appendChild(document.createElement("head"));
  document.body = document.documentElement.appendChild(document.createElement("body"));

  const COMPUTED_DEFAULTS = { "font-size": DEFAULT_SIZE + "px", display: "block", position: "static", transform: "none" };
  const INHERITED = /^(font|text|fill|stroke|color|visibility|white-space|direction)/;

  function getComputedStyle(element) {
    const value = (name) =>
      (INHERITED.test(name) ? inherited(element, name) : own(element, name)) || COMPUTED_DEFAULTS[name] || "";
    return new Proxy(
      { getPropertyValue: value },
      { get: (target, name) => (name in target ? target[name] : value(dashed(String(name)))) },
    );
  }

  // Timers run when told, in the order in which they fall due.
  let timers = [];
  let timerCount = 0;
  function setTimeout(task, delay = 0, ...values) {
    timers.push({ id: ++timerCount, due: Number(delay) || 0, run: () => task(...values) });
    return timerCount;
  }
  function clearTimeout(id) {
    timers = timers.filter((timer) => timer.id !== id);
  }
  function runTimers() {
    const ready = timers.sort((one, other) => one.due - other.due || one.id - other.id);
    timers = [];
    for (const timer of ready) timer.run();
  }

  // The same figure must give the same bytes: chance starts anew for each, and the clock stands still.
  let chance = 1;
  Math.random = function () {
    chance = (Math.imul(chance, 1664525) + 1013904223) >>> 0; // Numerical Recipes, "quick and dirty" generator
    return chance / 4294967296;
  };
  class StoppedDate extends Date {
    constructor(...values) {
      if (values.length) super(...values);
      else super(0);
    }
    static now() {
      return 0;
    }
  }

  const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  function atob(text) {
    let [bits, held, out] = [0, 0, ""];
    for (const character of text.replace(/[=\s]/g, "")) {
      bits = ((bits << 6) | BASE64.indexOf(character)) & 0xffffff;
      held += 6;
      if (held >= 8) {
        held -= 8;
        out += String.fromCharCode((bits >> held) & 255);
      }
    }
    return out;
  }

  function base64(bytes) {
    const parts = [];
    for (let at = 0; at < bytes.length; at += 3) {
      const [one, two = 0, three = 0] = bytes.subarray(at, at + 3);
      const bits = (one << 16) | (two << 8) | three;
      const letters = [18, 12, 6, 0].map((shift) => BASE64[(bits >> shift) & 63]);
      parts.push(letters.slice(0, Math.min(bytes.length - at, 3) + 1).join("").padEnd(4, "="));
    }
    return parts.join("");
  }

  class URLStub {
    static createObjectURL() {
      return "";
    }
    static revokeObjectURL() {}
  }

  const classes = {
    Node, Text, Element, Document, DocumentFragment, HTMLElement, HTMLDivElement, HTMLImageElement, HTMLVideoElement,
    HTMLCanvasElement, SVGElement, CSSStyleDeclaration,
    XMLSerializer: class {
      serializeToString(node) {
        // Families had quotes, for which plotly.js put this word; it looks for it beside a quote, which is not ours.
        return serialize(node).replaceAll("TOBESTRIPPED", "'");
      }
    },
  };
  // Asked for when plotly.js is loaded, never used by what we draw.
  const unused = [
    "Image", "Event", "CustomEvent", "MutationObserver", "ResizeObserver", "Blob", "Worker", "XMLHttpRequest",
    "AbortController", "WebGLRenderingContext", "OffscreenCanvas", "ImageBitmap", "ImageData", "DOMParser",
    "TextDecoder", "TextEncoder", "URLSearchParams",
  ];
  for (const name of unused) if (!global[name]) global[name] = class {};
  Object.assign(global, classes, {
    document, getComputedStyle, setTimeout, clearTimeout, atob,
    window: global, self: global, top: global, parent: global,
    Date: StoppedDate,
    URL: URLStub,
    setInterval: () => 0,
    clearInterval() {},
    requestAnimationFrame: (task) => setTimeout(task),
    cancelAnimationFrame: clearTimeout,
    addEventListener() {},
    removeEventListener() {},
    matchMedia: () => ({ matches: false, addListener() {}, removeListener() {} }),
    scrollTo() {},
    innerWidth: 1000, innerHeight: 1000, scrollX: 0, scrollY: 0, pageXOffset: 0, pageYOffset: 0, devicePixelRatio: 1,
    location: { href: "about:blank", protocol: "about:", hash: "", pathname: "" },
    performance: { now: () => 0 },
    console: { log() {}, info() {}, warn() {}, error() {}, trace() {} },
  });
  Object.defineProperty(global, "navigator", {
    value: { userAgent: "", platform: "", language: "zh-CN" },
    configurable: true,
  });

  // ---------------------------------------------------------------- drawing one figure

  global.digestReady = function () {
    global.Plotly.register(global.digestLocale);
  };

  let outcome = null;

  async function draw({ data, layout, width, height }) {
    const place = document.createElement("div");
    place.style.width = width + "px";
    place.style.height = height + "px";
    document.body.appendChild(place);
    try {
      await global.Plotly.newPlot(place, data, { ...layout, width, height }, { staticPlot: true, locale: "zh-CN" });
      return global.Plotly.Snapshot.toSVG(place, "svg", 1);
    } finally {
      global.Plotly.purge(place);
      place.remove();
    }
  }

  global.digestStart = function (json) {
    chance = 1;
    timers = [];
    unknown = new Map();
    outcome = null;
    draw(JSON.parse(json)).then(
      (svg) => (outcome = { state: "drawn", svg }),
      (error) => (outcome = { state: "failed", message: String((error && error.message) || error) }),
    );
  };

  // JSON: {state: "busy"}, {state: "drawn", svg}, {state: "failed", message} or {state: "unknown", characters: {…}}.
  global.digestStep = function () {
    if (outcome && unknown.size) {
      const characters = Object.fromEntries(Array.from(unknown, ([voice, set]) => [voice, [...set].join("")]));
      return JSON.stringify({ state: "unknown", characters });
    }
    if (outcome) return JSON.stringify(outcome);
    if (!timers.length) return JSON.stringify({ state: "stuck" });
    try {
      runTimers();
    } catch (error) {
      if (!unknown.size) throw error;
    }
    return JSON.stringify({ state: "busy" });
  };
})(globalThis);
