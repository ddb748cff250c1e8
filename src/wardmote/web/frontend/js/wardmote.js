import {
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, Tabs,
  createAll
} from 'govuk-frontend'

for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios,
  ServiceNavigation, SkipLink, Tabs]) {
  createAll(component)
}

// A page that shows work under way asks to be read again: <main data-refresh-seconds="5">. Without script it stays
// as it is and offers a link.
const waiting = document.querySelector('[data-refresh-seconds]')
if (waiting) {
  window.setTimeout(() => window.location.reload(), Number(waiting.dataset.refreshSeconds) * 1000)
}

// <button data-print> prints the page; it is hidden where there is no script.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
