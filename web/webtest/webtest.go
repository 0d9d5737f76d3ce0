// Package webtest drives the playground in a real browser, as a person would: it opens the page, looks at the
// tabs, types a question and runs it, lets the editor complete a name, and reads a description in the docs.
//
// It is given a running program's address and what to expect of it, so the same steps run against a small
// schema in web's own tests and against the whole program in the root package's.
package webtest

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Steps says what to do in the playground and what must come of it. Every field is required.
type Steps struct {
	Tabs       []string // titles of the tabs of a first visit, in order
	FirstWant  string   // text in the answer to the first tab's question
	Query      string   // a question typed into a new tab
	Want       string   // text in its answer
	Prefix     string   // typed into an empty editor, ending in the beginning of a field's name
	Completion string   // the field that must be offered, and written once it is chosen
	Reopen     string   // the title of an example other than the first, closed and brought back from the menu
	Type       string   // a type, found by its name in the docs
	TypeText   string   // text of its description
}

// What the page is made of, as a person would point at it.
const (
	tabTitles = `Array.from(document.querySelectorAll('.graphiql-tab-button'), tab => tab.textContent.trim())`
	editor    = `.graphiql-query-editor .view-lines`
	answer    = `.graphiql-response .view-lines`
	runButton = `.graphiql-execute-button`
	offered   = `.graphiql-query-editor .suggest-widget.visible .monaco-list-row`
	docs      = `.graphiql-doc-explorer`
)

// Drive visits the playground of the program at baseURL ("http://127.0.0.1:8080", no slash at the end) and fails
// the test where a step does not come out as steps says, where the page reports an error, or where it asks
// anything of another host. The page is opened with an endpoint in its address, which must be ignored.
func Drive(t *testing.T, baseURL string, steps Steps) {
	t.Helper()
	base, err := url.Parse(baseURL)
	if err != nil {
		t.Fatal(err)
	}
	s := visit(t, base.Host)
	s.do("open", chromedp.Navigate(baseURL+"/playground/?endpoint=http://elsewhere.invalid/graphql"))

	s.until("first visit", equals(tabTitles, steps.Tabs))
	s.until("editor is there", shows(editor, "query"))
	// The schema is read before the first question is run, as a person would hardly be faster.
	s.until("schema is read", `!document.querySelector('.graphiql-spinner')`)
	s.click(runButton)
	s.until("answer to the first example", shows(answer, steps.FirstWant))
	s.picture("1-first-example")

	s.click(`button[aria-label="New tab"]`)
	s.until("new tab", equals(tabTitles+`.length`, len(steps.Tabs)+1))
	s.write(steps.Query)
	s.click(runButton)
	s.until("answer to a typed question", shows(answer, steps.Want))
	s.picture("2-typed-question")

	s.complete(steps.Prefix, steps.Completion)
	s.write(steps.Query)

	s.reopen(steps.Reopen)
	s.readDocs(steps.Type, steps.TypeText)

	s.click(`button[aria-label="Show GraphiQL Explorer"]`)
	s.until("explorer is open", `document.querySelector('.graphiql-explorer-root')`)
	s.picture("6-explorer")

	// GraphiQL writes its storage half a second after the last change, so what is there may be of before it.
	s.until("tabs are stored", `Object.entries(localStorage).some(([key, value]) => key.startsWith('entente:') && key.endsWith(':tabState') &&
		JSON.stringify(JSON.parse(value).tabs.map(tab => tab.title)) === JSON.stringify(`+tabTitles+`))`)
	titles := s.text(tabTitles + `.join('\n')`)
	s.do("come back", chromedp.Reload())
	s.until("a returning visitor's tabs", equals(tabTitles, strings.Split(titles, "\n")))
	s.check()
}

// write replaces what the editor holds.
func (s *session) write(text string) {
	s.t.Helper()
	s.do("write", chromedp.Click(chromedp.CSS(editor)), chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)),
		chromedp.KeyEvent(kb.Backspace))
	if text == "" {
		return
	}
	s.do("write", insert(text))
	s.until("the text is in the editor", shows(editor, text))
}

// complete types prefix key by key and takes the completion from the list that opens.
func (s *session) complete(prefix, completion string) {
	s.t.Helper()
	s.write("")
	s.do("type", chromedp.KeyEvent(prefix))
	row := `Array.from(document.querySelectorAll(` + quote(offered) + `)).find(row =>
		row.querySelector('.label-name')?.textContent === ` + quote(completion) + `)`
	s.until("the field is offered", row)
	s.picture("3-completion")
	s.do("choose", chromedp.Click(chromedp.JSPath(row)))
	s.until("the completion is written", shows(editor, completion))
}

// reopen closes the tab of an example and brings it back from the menu.
func (s *session) reopen(title string) {
	s.t.Helper()
	tab := `Array.from(document.querySelectorAll('.graphiql-tab')).find(tab =>
		tab.querySelector('.graphiql-tab-button').textContent.trim() === ` + quote(title) + `)`
	// The button is there only under the pointer, and the tab may lie beyond the edge, so no pointer is used.
	s.do("close a tab", chromedp.Evaluate[chromedp.Void](tab+`.querySelector('.graphiql-tab-close').click()`))
	s.until("the tab is gone", `!`+tab)
	s.click(`.entente-examples`)
	item := `Array.from(document.querySelectorAll('[role=menuitem]')).find(item =>
		item.dataset.example === ` + quote(title) + `)`
	s.until("the menu is open", item)
	s.picture("4-examples-menu")
	s.do("choose an example", chromedp.Click(chromedp.JSPath(item)))
	s.until("the tab is back", tab)
	// The row of tabs is longer than the screen is wide, and ends before the button that adds one.
	s.until("the tab is in view", `(tab => tab && tab.getBoundingClientRect().right <=
		document.querySelector('button[aria-label="New tab"]').getBoundingClientRect().left + 1)(`+tab+`)`)
	s.until("the example is in the editor", shows(editor, "query "+title))
}

// readDocs finds a type in the docs and reads what they say about it.
func (s *session) readDocs(name, text string) {
	s.t.Helper()
	s.click(`button[aria-label="Show Documentation Explorer"]`)
	s.until("docs are open", `document.querySelector(`+quote(docs)+`)`)
	s.click(docs + ` .graphiql-doc-explorer-search-input`)
	s.do("search the docs", insert(name))
	option := `Array.from(document.querySelectorAll('.graphiql-doc-explorer-search [role=option]')).find(option =>
		option.textContent.trim() === ` + quote(name) + `)`
	s.until("the type is found", option)
	s.do("choose the type", chromedp.Click(chromedp.JSPath(option)))
	s.until("the type is described", shows(docs, text))
	s.picture("5-docs")
}

func (s *session) click(selector string) {
	s.t.Helper()
	s.do("click "+selector, chromedp.WaitVisible(chromedp.CSS(selector)), chromedp.Click(chromedp.CSS(selector)))
}

func (s *session) text(expression string) string {
	s.t.Helper()
	text, err := chromedp.Run(s.ctx, chromedp.Evaluate[string](expression))
	if err != nil {
		s.t.Fatalf("%s: %v", expression, err)
	}
	return text
}

// shows is an expression that is true when an element's text contains text. White space counts for nothing,
// since the editor breaks long lines and writes hard spaces.
func shows(selector, text string) string {
	return `document.querySelector(` + quote(selector) + `)?.textContent.replace(/\s/g, '').includes(` +
		quote(strings.Join(strings.Fields(text), "")) + `)`
}

// equals is an expression that is true when expression's value is want, written as JSON.
func equals(expression string, want any) string {
	return `JSON.stringify(` + expression + `) === JSON.stringify(` + jsonOf(want) + `)`
}

func quote(text string) string { return jsonOf(text) }

func jsonOf(value any) string {
	b, err := json.Marshal(value)
	if err != nil {
		panic(err) // Only texts, numbers and lists of texts come here.
	}
	return string(b)
}
