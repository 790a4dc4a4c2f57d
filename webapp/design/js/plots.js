// Draws `[data-plotly="ID"]` from the JSON of that id. Plotly is fetched only by pages that hold a chart.
export function drawCharts() {
  const places = [...document.querySelectorAll("[data-plotly]")];
  if (places.length === 0) return;
  const script = document.createElement("script");
  script.src = places[0].dataset.plotlySrc;
  script.addEventListener("load", () => places.forEach(draw));
  document.head.append(script);
}

function draw(place) {
  const figure = JSON.parse(document.getElementById(place.dataset.plotly).textContent);
  const layout = { autosize: true, margin: { t: 16, r: 16, b: 40, l: 48 }, ...figure.layout };
  window.Plotly.newPlot(place, figure.data, layout, { responsive: true, displaylogo: false, displayModeBar: false });
}
