-- What the printed book needs to know of the chapters: where the appendices begin, and what stands under an exhibit.

local function item()
  local state = quarto.doc.file_metadata()
  return state ~= nil and state.file or {}
end

local typst_filter = {
  Header = function(el)
    if not quarto.doc.is_format("typst") or el.level ~= 1 or item().bookItemType ~= "appendix" then
      return nil
    end
    -- Quarto puts a divider named "Appendices" before the first appendix; the letters say as much
    if item().bookItemNumber == nil and el.classes:includes("unnumbered") then
      return {}
    end
    if item().bookItemNumber == 1 then
      return { pandoc.RawBlock("typst", "#begin-appendices()"), el }
    end
    return nil
  end,

  Div = function(el)
    for _, name in ipairs({ "exhibit-notes", "finding" }) do
      if quarto.doc.is_format("typst") and el.classes:includes(name) then
        local blocks = pandoc.List({ pandoc.RawBlock("typst", "#report-" .. name .. "[") })
        blocks:extend(el.content)
        blocks:insert(pandoc.RawBlock("typst", "]"))
        return blocks
      end
    end
    return nil
  end
}

return quarto.utils.combineFilters({
  quarto.utils.file_metadata_filter(),
  typst_filter
})
