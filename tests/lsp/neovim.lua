-- Drives Neovim as a person would: each step is done when what it leads to has come. What has gone wrong goes to the
-- file that $RESULT names, or nothing.
local function wait(what, is_done)
  local thread, tries = coroutine.running(), 0
  local function look()
    tries = tries + 1
    local value = is_done()
    if value then
      coroutine.resume(thread, value)
    elseif tries > 500 then
      finish("this did not come: " .. what)
    else
      vim.defer_fn(look, 20)
    end
  end
  vim.defer_fn(look, 20)
  return coroutine.yield()
end

function finish(message)
  vim.fn.writefile({ message }, vim.env.RESULT)
  vim.cmd("qall!")
end

local function line(number)
  return vim.fn.getline(number)
end

local function at(text, offset)
  vim.fn.cursor(1, 1)
  vim.fn.search(text, "cW")
  vim.fn.cursor(vim.fn.line("."), vim.fn.col(".") + (offset or 0))
end

local function keys(text)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(text, true, false, true), "t", false)
end

local function steps()
  wait("a client", function()
    local client = vim.lsp.buf_get_clients(0)[1]
    return client and client.initialized
  end)
  -- A mistake is marked, and its quick fix is applied.
  wait("the mistake", function() return #vim.diagnostic.get(0) == 1 end)
  local found = vim.diagnostic.get(0)[1]
  if found.message ~= "unknown message `greting`\ndid you mean `greeting`?" then
    finish("another mistake: " .. found.message)
  end
  at("greting")
  vim.ui.select = function(items, _, choose) choose(items[1], 1) end
  vim.lsp.buf.code_action()
  wait("the quick fix", function() return vim.fn.search("say: greeting", "nw") > 0 end)
  wait("the end of the mistake", function() return #vim.diagnostic.get(0) == 0 end)
  -- Completion of the name of an entity.
  vim.bo.indentexpr, vim.bo.autoindent = "", false
  keys("Go  - ask: <C-x><C-o>")
  wait("completion", function()
    local items = vim.fn.complete_info({ "items" }).items
    return #items > 0 and items[1].word == "name"
  end)
  wait("the completed line", function() return line("$") == "  - ask: name" end) -- there is no other one
  vim.cmd("stopinsert")
  wait("the end of typing", function() return vim.fn.mode() == "n" end)
  -- From where a message is said to where it is defined.
  at("say: greeting", 5)
  vim.lsp.buf.definition()
  wait("the definition", function() return line("."):find("^messages:") end)
  -- A new name for an entity, at all places.
  at("ask: name", 5)
  vim.lsp.buf.rename("who")
  wait("the new name", function() return line("$") == "  - ask: who" end)
  vim.cmd("write")
  finish("done")
end

coroutine.wrap(function()
  local ok, message = pcall(steps)
  if not ok then
    finish(message)
  end
end)()
