import { mount } from 'svelte';
import App from './App.svelte';
import { readDocument } from './document';
import Empty from './parts/Empty.svelte';
import './style/colours.css';
import './style/page.css';
import './style/charts.css';
import './style/tables.css';
import './style/print.css';

const target = document.getElementById('page') as HTMLElement;
const page = readDocument(document.getElementById('document')?.textContent ?? '');
if (page) {
  document.title = page.title;
  mount(App, { target, props: { page } });
} else {
  mount(Empty, { target });
}
