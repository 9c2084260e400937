// Small behaviours for every page. All work by event delegation, so parts that htmx swaps in need
// nothing; every page also works without them. Pages ask for a behaviour with a data attribute:
//
//   data-money               won input: commas when one leaves it, and the amount in words in #<id>_echo
//   data-autosubmit          form or field: a change sends the form (filters)
//   data-autofocus           gets the focus after loading and after a swap (error summary first)
//   data-guard               form: leaving with unsaved changes asks first; an autosave clears it
//   data-upload              form with files: sends with progress into its [data-upload-progress]
//   data-check-all="name"    ticks every box called `name` of the same form
//   data-save-failed="…"     form that htmx saves: what its hx-target says when that fails
//   data-bulk="name"         bar that follows the ticked boxes called `name` of the same form; inside,
//                            data-bulk-status (with data-bulk-words="{n} … {sum}") says count and sum
//                            of the boxes' data-amount (won)
//   data-announce="id"       part that htmx replaces: its [data-announced] is said in the live region #id
//   data-asked-if="name"     questions shown only while the field `name` has the value data-asked-when
//   data-count="n"           long answer: says in #<id>_count how much of n characters is used
//   data-open="id"           opens the <dialog> with that id; data-close closes the one around it
//   data-dismiss             removes the [data-dismissible] around it
//   data-print               prints the page
//   data-stop-polling="id"   stops or restarts the htmx polling of that element (aria-pressed)
//   data-session-seconds     dialog: opens five minutes before the sign-in ends; its
//                            [data-session-extend] form extends it without leaving the page
import "./ui/announce.js";
import "./ui/asked.js";
import "./ui/autosave.js";
import "./ui/bulk.js";
import "./ui/count.js";
import "./ui/details.js";
import "./ui/dialogs.js";
import "./ui/forms.js";
import "./ui/money.js";
import "./ui/polling.js";
import "./ui/session.js";
import "./ui/upload.js";
import { focusFirst } from "./ui/focus.js";

focusFirst(document);
