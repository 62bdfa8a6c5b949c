document.getElementById("find").addEventListener("input", (typed) => {
  const words = typed.target.value.toLowerCase();
  for (const row of document.querySelectorAll("tbody tr")) {
    row.hidden = words !== "" && !row.textContent.toLowerCase().includes(words);
  }
});
