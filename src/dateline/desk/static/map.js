// The map: our own outlines as SVG paths, places as rings whose size and number is how many events they hold.
// Everything is drawn from files of this server; article text only ever becomes text nodes.

const WORLD = 4096; // width of the projected world, in map units
const LONELY_DEGREES = 1.2; // a map of one town still shows the country around it
const OUTER_SHARE = 0.12; // this share of the events may lie outside the first view, on each side
const [LEAST_RADIUS, RADIUS_PER_ROOT, MOST_RADIUS] = [6, 2.6, 30]; // pixels
const SMALL_MAP = 500; // pixels of width below which the places are drawn smaller
const RING_PIXELS = 5; // width of the ring around a number
const NUMBER_FROM = 10; // pixels of radius that hold a number
const [LABEL_PIXELS, LABEL_HEIGHT] = [7, 15]; // width of a letter of a label, and its height
const CONTROLS = [0, 0, 70, 170]; // pixels at the left and top that the buttons cover; no name is put there
const NS = "http://www.w3.org/2000/svg";
const QUADS = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];

const box = document.getElementById("map");
const places = JSON.parse(document.getElementById("places-data").textContent);

function make(name, attributes = {}, parent = null) {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (parent) parent.append(node);
  return node;
}

function element(name, className, text = "") {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.textContent = text;
  return node;
}

// Web Mercator, as map units with y downwards.
function project(lon, lat) {
  const held = (Math.max(-84, Math.min(84, lat)) * Math.PI) / 180;
  return [((lon + 180) / 360) * WORLD, (0.5 - Math.log(Math.tan(Math.PI / 4 + held / 2)) / (2 * Math.PI)) * WORLD];
}

class Outline {
  constructor(feature) {
    this.name = feature.properties?.name ?? "";
    this.country = feature.properties?.iso3 ?? "";
    const rings = ringsOf(feature.geometry.coordinates).map((ring) => ring.map(([lon, lat]) => project(lon, lat)));
    this.path = rings.map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join("L")}Z`).join("");
    this.bounds = rings.map(boundsOf).sort((a, b) => areaOf(b) - areaOf(a))[0];
  }
}

// The rings of a polygon or of several, however deep they lie.
function ringsOf(coordinates) {
  return typeof coordinates[0]?.[0] === "number" ? [coordinates] : coordinates.flatMap(ringsOf);
}

function boundsOf(points) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

function areaOf([left, top, right, bottom]) {
  return (right - left) * (bottom - top);
}

// Where so much of a sorted list of [value, weight] lies below.
function quantile(sorted, share) {
  const total = sorted.reduce((sum, [, weight]) => sum + weight, 0);
  let seen = 0;
  for (const [value, weight] of sorted) {
    seen += weight;
    if (seen >= total * share) return value;
  }
  return sorted.at(-1)[0];
}

// The window that holds most events; places that are whole countries do not pull it about.
function home(outside) {
  const points = places.some((place) => !place.area) ? places.filter((place) => !place.area) : places;
  if (points.length === 0) return [...project(-170, 75), ...project(180, -55)];
  const side = (axis, share) =>
    quantile(points.map((p) => [project(p.lon, p.lat)[axis], p.count]).sort((a, b) => a[0] - b[0]), share);
  const window = [side(0, outside), side(1, outside), side(0, 1 - outside), side(1, 1 - outside)];
  const least = (LONELY_DEGREES / 360) * WORLD;
  return [window[0] - least, window[1] - least, window[2] + least, window[3] + least];
}

class MapView {
  // ``land`` are countries, ``units`` the parts of those that are drawn in detail.
  constructor(land, units) {
    const label = "Map of events; the same places are listed below it. Arrow keys move it, plus and minus zoom.";
    this.svg = make("svg", { tabindex: "0", role: "group", "aria-label": label });
    this.ground = make("g", {}, this.svg);
    // The rim is drawn below the units, so that only their outer border shows.
    for (const [layer, found] of [["land", land], ["rim", units], ["units", units]]) {
      const group = make("g", { class: layer }, this.ground);
      for (const outline of found) make("path", { d: outline.path, "vector-effect": "non-scaling-stroke" }, group);
    }
    const names = make("g", { class: "labels", "aria-hidden": "true" }, this.svg);
    const named = [...land.map((one) => [one, "land"]), ...units.map((one) => [one, "units"])].filter(([one]) => one.name);
    this.labels = named.sort(([a], [b]) => areaOf(b.bounds) - areaOf(a.bounds)).map(([outline, layer]) => {
      const text = make("text", { class: layer }, names);
      text.textContent = outline.name;
      return [text, outline];
    });
    const dots = make("g", { class: "dots" }, this.svg);
    this.dots = [...places.entries()].sort(([, a], [, b]) => b.area - a.area || b.count - a.count).map(([at, place]) => {
      const dot = drawPlace(place, at);
      dots.append(dot);
      return [dot, project(place.lon, place.lat), radiusOf(place)];
    });
    box.replaceChildren(this.svg);
    new ResizeObserver(() => this.resize()).observe(box);
  }

  resize() {
    const { width, height } = box.getBoundingClientRect();
    const first = !this.width;
    const centre = first ? null : this.unit(this.width / 2, this.height / 2);
    [this.width, this.height] = [width, height];
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    if (first) this.show(home(OUTER_SHARE));
    else this.place(width / 2 - centre[0] * this.scale, height / 2 - centre[1] * this.scale, this.scale);
  }

  // Bring a window of map units into view.
  show([left, top, right, bottom]) {
    const scale = Math.min(this.width / (right - left), this.height / (bottom - top)) * 0.86;
    const held = this.held(scale);
    this.place(this.width / 2 - ((left + right) / 2) * held, this.height / 2 - ((top + bottom) / 2) * held, held);
  }

  held(scale) {
    return Math.max(this.width / WORLD / 1.4, Math.min(scale, 400));
  }

  unit(x, y) {
    return [(x - this.left) / this.scale, (y - this.top) / this.scale];
  }

  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const [ux, uy] = this.unit(x, y);
    const scale = this.held(this.scale * factor);
    this.place(x - ux * scale, y - uy * scale, scale);
  }

  move(dx, dy) {
    this.place(this.left + dx, this.top + dy, this.scale);
  }

  place(left, top, scale) {
    [this.left, this.top, this.scale] = [left, top, scale];
    this.ground.setAttribute("transform", `translate(${left} ${top}) scale(${scale})`);
    const taken = [CONTROLS];
    for (const [dot, [ux, uy], radius] of this.dots) {
      const [x, y] = [ux * scale + left, uy * scale + top];
      dot.setAttribute("transform", `translate(${x} ${y})`);
      taken.push([x - radius, y - radius, x + radius, y + radius]);
    }
    for (const [label, outline] of this.labels) this.placeLabel(label, outline, taken);
  }

  // A name is shown where its land is wide enough for it and nothing lies there yet; large lands come first.
  placeLabel(label, outline, taken) {
    const [left, top, right, bottom] = outline.bounds;
    const x = ((left + right) / 2) * this.scale + this.left;
    const y = ((top + bottom) / 2) * this.scale + this.top;
    const half = (outline.name.length * LABEL_PIXELS) / 2;
    const place = [x - half, y - LABEL_HEIGHT / 2, x + half, y + LABEL_HEIGHT / 2];
    const inView = place[0] > 0 && place[1] > 0 && place[2] < this.width && place[3] < this.height;
    const room = (right - left) * this.scale > 2 * half && (bottom - top) * this.scale > 2 * LABEL_HEIGHT;
    const shown = inView && room && !taken.some((other) => overlap(place, other));
    label.style.display = shown ? "" : "none";
    if (!shown) return;
    taken.push(place);
    label.setAttribute("x", x);
    label.setAttribute("y", y);
  }
}

function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

function radiusOf(place) {
  return (box.clientWidth < SMALL_MAP ? 0.75 : 1) * Math.min(MOST_RADIUS, LEAST_RADIUS + RADIUS_PER_ROOT * Math.sqrt(place.count - 1));
}

function drawPlace(place, at) {
  const radius = radiusOf(place);
  const band = radius < NUMBER_FROM ? radius : RING_PIXELS;
  const dot = make("g", { class: place.area ? "dot area" : "dot", "data-place": at, role: "button", tabindex: "-1", "aria-label": describe(place) });
  make("circle", { r: radius, class: "face" }, dot);
  if (place.area) make("circle", { r: radius + 3, class: "rim" }, dot);
  let from = 0;
  place.quads.forEach((count, quad) => {
    if (count) make("path", { class: `arc q${quad + 1}`, "stroke-width": band, d: arc(radius - band / 2, from, from + count / place.count) }, dot);
    from += count / place.count;
  });
  if (radius >= NUMBER_FROM) make("text", { class: "number" }, dot).textContent = place.count;
  make("title", {}, dot).textContent = describe(place);
  return dot;
}

// A share of a circle from the top, clockwise; a whole one as two halves.
function arc(radius, from, to) {
  const at = (share) => [radius * Math.sin(2 * Math.PI * share), -radius * Math.cos(2 * Math.PI * share)];
  const piece = (a, b) => `M${at(a)}A${radius},${radius} 0 ${b - a > 0.5 ? 1 : 0} 1 ${at(b)}`;
  return to - from > 0.999 ? piece(from, from + 0.5) + piece(from + 0.5, from + 1) : piece(from, to);
}

function describe(place) {
  const parts = place.quads.map((count, quad) => count && `${count} ${QUADS[quad]}`).filter(Boolean);
  return `${place.name}: ${place.count} ${place.count === 1 ? "event" : "events"}; ${parts.join(", ")}`;
}

// What happened at a place: asked of the server with the filters of this page.
async function tell(place, info) {
  const query = new URLSearchParams(location.search);
  query.delete(place.geonameid ? "place" : "geonameid");
  query.set(place.geonameid ? "geonameid" : "place", place.geonameid ?? place.name);
  const close = element("button", "close", "Close");
  close.type = "button";
  close.addEventListener("click", () => info.replaceChildren());
  const heading = element("h2", "", place.name);
  heading.dir = "auto";
  const list = element("ol", "", "");
  const all = element("a", "", place.count === 1 ? "This event" : `All ${place.count} events`);
  all.href = `/events?${query}`;
  info.replaceChildren(close, heading, element("p", "aside", describe(place).split("; ")[1]), list, all);
  query.set("limit", "6");
  const answer = await fetch(`/api/events?${query}`);
  if (!answer.ok) {
    list.append(element("li", "", (await answer.json()).error));
    return;
  }
  for (const event of (await answer.json()).events) list.append(line(event));
}

function line(event) {
  const names = (parties) => [...new Set(parties.map((party) => party.name))].join(", ");
  const item = document.createElement("li");
  const glyph = element("span", `glyph q${event.quad}`);
  glyph.setAttribute("aria-hidden", "true");
  const type = event.type.charAt(0) + event.type.slice(1).toLowerCase();
  const link = element("a", "", `${type} · ${event.status}`);
  link.href = `/articles/${encodeURIComponent(event.article)}#${encodeURIComponent(event.id)}`;
  const sides = [names(event.actors) || "somebody not named", names(event.recipients)].filter(Boolean).join(" → ");
  const who = element("span", "who", sides);
  who.dir = "auto";
  item.append(glyph, " ", link, element("span", "aside", event.date_from ? ` ${event.date_from}` : ""), who);
  return item;
}

function controls(view) {
  const bar = element("div", "map-buttons");
  const actions = [
    ["+", "Zoom in", () => view.zoom(1.6)],
    ["−", "Zoom out", () => view.zoom(1 / 1.6)],
    ["All", "Show all places", () => view.show(home(0))],
    ["Most", "Show where most events are", () => view.show(home(OUTER_SHARE))],
  ];
  for (const [sign, label, act] of actions) {
    const button = element("button", "", sign);
    button.type = "button";
    button.title = label;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    bar.append(button);
  }
  return bar;
}

function listen(view, info) {
  const svg = view.svg;
  const held = new Map();
  const local = (event) => [event.clientX - svg.getBoundingClientRect().left, event.clientY - svg.getBoundingClientRect().top];
  let moved = 0;

  svg.addEventListener("pointerdown", (event) => {
    held.set(event.pointerId, local(event));
    moved = 0;
  });
  svg.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const now = local(event);
    moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (moved > 3 && !svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const span = (point) => Math.hypot(point[0] - other[0], point[1] - other[1]);
      view.zoom(span(now) / (span(before) || 1), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
    } else if (moved > 3) view.move(now[0] - before[0], now[1] - before[1]);
    held.set(event.pointerId, now);
  });
  for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, (event) => held.delete(event.pointerId));
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    view.zoom(Math.exp(-event.deltaY / 300), ...local(event));
  }, { passive: false });
  svg.addEventListener("dblclick", (event) => view.zoom(1.8, ...local(event)));
  svg.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    if (steps[event.key]) view.move(...steps[event.key]);
    else if (event.key === "+" || event.key === "=") view.zoom(1.4);
    else if (event.key === "-") view.zoom(1 / 1.4);
    else if (event.key === "Enter" && event.target.closest(".dot")) event.target.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    else return;
    event.preventDefault();
  });
  svg.addEventListener("click", (event) => {
    const dot = event.target.closest(".dot");
    if (dot && moved <= 3) choose(view, Number(dot.dataset.place), info);
  });
}

function choose(view, at, info) {
  for (const [dot] of view.dots) dot.classList.toggle("on", Number(dot.dataset.place) === at);
  const chosen = view.dots.find(([dot]) => Number(dot.dataset.place) === at);
  chosen[0].parentNode.append(chosen[0]);
  tell(places[at], info);
}

// Each place of the list can be found on the map.
function locators(view, info) {
  for (const item of document.querySelectorAll(".place-list li")) {
    const place = places[Number(item.dataset.place)];
    const button = element("button", "locate", "show");
    button.type = "button";
    button.setAttribute("aria-label", `Show ${place.name} on the map`);
    button.addEventListener("click", () => {
      const [x, y] = project(place.lon, place.lat);
      const reach = (LONELY_DEGREES / 360) * WORLD * (place.area ? 5 : 1);
      view.show([x - reach, y - reach, x + reach, y + reach]);
      choose(view, Number(item.dataset.place), info);
      box.scrollIntoView({ block: "nearest" });
    });
    item.querySelector("a").after(" ", button);
  }
}

// An outline that cannot be had leaves the rest of the map as it is.
async function outlinesOf(name) {
  const answer = await fetch(`/static/shapes/${name}`);
  if (!answer.ok) return [];
  return (await answer.json()).features.filter((feature) => feature.geometry).map((feature) => new Outline(feature));
}

const names = box.dataset.shapes.split(" ").filter(Boolean);
const files = await Promise.all(names.map(outlinesOf));
const world = files.filter((_, at) => names[at] === "world.json").flat();
const units = files.filter((_, at) => names[at] !== "world.json").flat();
const detailed = new Set(names.map((name) => name.replace(".json", "").toUpperCase()));
const view = new MapView(world.filter((outline) => !detailed.has(outline.country)), units);
const info = element("div", "map-info");
info.setAttribute("role", "status");
box.append(controls(view), info);
listen(view, info);
locators(view, info);
box.dataset.ready = "true";
