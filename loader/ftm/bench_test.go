package ftm_test

import (
	"fmt"
	"strings"
	"testing"

	"entente/loader/format"
	"entente/loader/ftm"
)

// statements are some that 2 n persons, n positions and n occupancies have, sorted by id.
func statements(n int) (content string, rows int) {
	var b strings.Builder
	say := func(id, schema, prop, value string) {
		fmt.Fprintf(&b, `{"canonical_id":%q,"entity_id":%q,"prop":%q,"schema":%q,"value":%q,"dataset":"salt_list","lang":null,"original_value":null,`+
			`"first_seen":"2023-04-20T10:11:12","last_seen":"2024-04-20T10:11:12","external":false,"origin":null,"id":"caaa61eb7a28fd14cb176b7f71e3dab154c30722"}`+"\n",
			id, id, prop, schema, value)
		rows++
	}
	for i := range n {
		occupancy, person, post := fmt.Sprint("salt-occ-", i), fmt.Sprint("salt-person-", i), fmt.Sprint("salt-post-", i)
		say(occupancy, "Occupancy", "holder", person)
		say(occupancy, "Occupancy", "post", post)
		say(occupancy, "Occupancy", "startDate", "2018-05-08")
		for _, p := range []string{person, person + "-b"} {
			say(p, "Person", "id", "x")
			say(p, "Person", "name", "Vesna Orsini of "+p)
			say(p, "Person", "birthDate", "1960-01-01")
			say(p, "Person", "country", "am")
			say(p, "Person", "alias", "V. Orsini of "+p)
		}
		say(post, "Position", "name", "Minister of Salt")
		say(post, "Position", "country", "am")
		say(post, "Position", "topics", "gov.national")
		say(post, "Position", "topics", "gov.executive")
	}
	return b.String(), rows
}

func BenchmarkRead(b *testing.B) {
	content, rows := statements(20000)
	b.SetBytes(int64(len(content)))
	claims := 0
	for b.Loop() {
		claims = 0
		out := format.NewOut("b", &format.Summary{}, func(format.Result) bool { claims++; return true })
		if err := ftm.Format.Read(format.Input{Name: "b", Reader: strings.NewReader(content)}, out); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(claims)/float64(rows), "claims/row")
}
