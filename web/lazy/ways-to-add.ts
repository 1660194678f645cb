// How numbers come in from elsewhere, as lines to be copied: each works as it stands, with the project's real address and
// id in it.

/** Where the points go. */
export interface Target {
  /** Such as `http://192.168.1.5:5050`. */
  address: string
  /** The project's secret id. */
  id: string
}

export interface WayToAdd {
  name: string
  /** What to do with the lines. */
  hint: string
  lines: string
}

/** Every way, the simplest first. */
export const waysToAdd = (target: Target): readonly WayToAdd[] => ways.map((way) => way(target))

const curl = ({ address, id }: Target): WayToAdd => ({
  name: 'curl',
  hint: 'One point, from any shell.',
  lines: `curl '${address}/add_data_point' \\
  -d category=climate -d label=humidity \\
  -d value=61.5 -d unit=%25 \\
  -d projectid=${id}`,
})

const shell = ({ address, id }: Target): WayToAdd => ({
  name: 'Shell',
  hint: 'A point every ten seconds, for as long as it runs.',
  lines: `while value=$(cut -d' ' -f1 /proc/loadavg); do
  curl -sS '${address}/add_data_point' \\
    -d projectid=${id} \\
    -d category=load -d label="$(hostname)" -d value="$value"
  sleep 10
done`,
})

const cron = ({ address, id }: Target): WayToAdd => ({
  name: 'cron',
  hint: 'Behind crontab -e, as one line: a point every minute.',
  lines: `* * * * * curl -sS '${address}/add_data_point' -d projectid=${id} -d category=disk -d label=used -d unit=kB -d value="$(df -Pk / | awk 'NR==2{print $3}')" >/dev/null`,
})

const python = ({ address, id }: Target): WayToAdd => ({
  name: 'Python',
  hint: 'Python 3, without any package.',
  lines: `import json
from urllib.request import Request, urlopen

def add(category, label, value, **more):
    point = {"projectid": "${id}",
             "category": category, "label": label, "value": value, **more}
    urlopen(Request("${address}/add_data_point",
                    json.dumps(point).encode(),
                    {"Content-Type": "application/json"}))

add("climate", "temperature", 21.4, unit="°C")`,
})

const javascript = ({ address, id }: Target): WayToAdd => ({
  name: 'JavaScript',
  hint: 'Node 18 or later, Deno or Bun, as a module (.mjs).',
  lines: `const add = (category, label, value, more = {}) =>
  fetch('${address}/add_data_point', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      projectid: '${id}',
      category, label, value, ...more,
    }),
  })

await add('climate', 'pressure', 1013.2, { unit: 'hPa' })`,
})

const arduino = ({ address, id }: Target): WayToAdd => ({
  name: 'Arduino',
  hint: 'An ESP32 sends the temperature of its chip. On an ESP8266 the headers are ESP8266WiFi.h and ESP8266HTTPClient.h, and begin takes a WiFiClient first.',
  lines: `#include <WiFi.h>
#include <HTTPClient.h>

void setup() {
  WiFi.begin("NETWORK", "PASSWORD");
  while (WiFi.status() != WL_CONNECTED) delay(500);
}

void loop() {
  HTTPClient http;
  http.begin("${address}/add_data_point");
  http.addHeader("Content-Type", "application/x-www-form-urlencoded");
  http.POST(String("projectid=${id}") +
            "&category=board&label=chip&unit=%C2%B0C&value=" +
            String(temperatureRead(), 1));
  http.end();
  delay(10000);
}`,
})

const homeAssistant = ({ address, id }: Target): WayToAdd => ({
  name: 'Home Assistant',
  hint: 'In configuration.yaml: what a sensor says, whenever it says something else.',
  lines: `rest_command:
  pocketstats:
    url: "${address}/add_data_point"
    method: post
    content_type: "application/json"
    payload: >-
      {"projectid": "${id}",
       "category": "home", "label": "{{ label }}",
       "value": {{ value }}}

automation:
  - alias: "Living room to Pocketstats"
    trigger:
      - platform: state
        entity_id: sensor.living_room_temperature
    condition: "{{ is_number(trigger.to_state.state) }}"
    action:
      - service: rest_command.pocketstats
        data:
          label: "living room"
          value: "{{ trigger.to_state.state }}"`,
})

const ways = [curl, shell, python, javascript, arduino, homeAssistant, cron] as const
