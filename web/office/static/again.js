// Loads the page anew until the answer in the chat is there; without scripts the browser does so by itself.
"use strict";
setTimeout(() => location.reload(), 3000);
