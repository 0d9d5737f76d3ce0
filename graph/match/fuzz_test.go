package match

import "testing"

// FuzzSimilarity compares names that strangers wrote: the outcome is a number from 0 to 1, the same in both directions, and 1 for
// a name and itself.
func FuzzSimilarity(f *testing.F) {
	for _, pair := range [][2]string{
		{"Nikol Pashinyan", "Никол Пашинян"},
		{"SPLM/A", "Sudan People's Liberation Movement/Army"},
		{"Myanmar (Burma)", "Government of Myanmar"},
		{"of the", "the of"},
		{"", "x"},
		{"\xff", "ʼ"},
		{"UNMIS", "UNMISS"},
		{"1994", "II"},
		{"a b c d e f g h i j k l m n o p q r s t u v w x y z", "z y x w v u t s r q p"},
	} {
		f.Add(pair[0], pair[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) > 300 {
			return // two names of the most words and readings take a quarter of a second
		}
		for _, person := range []bool{false, true} {
			for _, x := range appendNames(nil, a, true) {
				for _, y := range appendNames(nil, b, true) {
					there, initials := similarity(&x, &y, person)
					back, initialsBack := similarity(&y, &x, person)
					if there != back || initials != initialsBack || there < 0 || there > 1 {
						t.Errorf("%q and %q: %v, %v and back %v, %v", x.text, y.text, there, initials, back, initialsBack)
					}
					if bits := nameBits(there, min(x.strength(), y.strength())); bits < nameLow || bits > nameHigh+nameTelling {
						t.Errorf("%q and %q weigh %v bits", x.text, y.text, bits)
					}
				}
				if same, _ := similarity(&x, &x, person); same < 0.999 {
					t.Errorf("%q is like itself by %v", x.text, same)
				}
			}
		}
	})
}
