// Reads a calendar with ical.js, which shares no code with anything here, and prints what it understood as JSON.
const ICAL = require("ical.js").default || require("ical.js");
const text = require("fs").readFileSync(process.argv[2], "utf8");
const calendar = new ICAL.Component(ICAL.parse(text));
const events = calendar.getAllSubcomponents("vevent").map((each) => {
  const event = new ICAL.Event(each);
  return {
    uid: event.uid,
    starts: event.startDate.toJSDate().toISOString(),
    ends: event.endDate.toJSDate().toISOString(),
    summary: event.summary,
    location: event.location,
    description: event.description,
    status: each.getFirstPropertyValue("status"),
    sequence: event.sequence,
    attendees: event.attendees.map((one) => [one.getParameter("cn"), one.getFirstValue()]),
    alarms: each.getAllSubcomponents("valarm").map((one) => one.getFirstPropertyValue("trigger").toSeconds()),
  };
});
process.stdout.write(JSON.stringify({ method: calendar.getFirstPropertyValue("method"), events }));
