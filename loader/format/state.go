package format

// GermanyTo1945 is the number by Gleditsch and Ward of the Germany that ended in 1945. Sets that took over a number of Correlates of War have it for the
// Germany of today, which is 260; as an id it would make one of the two.
const GermanyTo1945 = "255"
