package match

// The weights of evidence, in bits. They were chosen on half of the actors of a data set whose identities are known, and
// are reported on the other half; see ARCHITECTURE.md.
const (
	// prior is what is assumed of two entities that the index of names brought together.
	prior = -2.0

	// nameLow is for names that have nothing in common, nameHigh for equal ones that tell little, such as ELN, and
	// nameTelling is added for those that tell all, such as Tigray People's Liberation Front.
	nameLow, nameHigh, nameTelling = -6.0, 2.5, 3.5
	// notPrimary is for each side on which not the entity's own name but another one matched: lists of aliases hold errors.
	notPrimary = -0.5
	// notWhole is for each side on which part of a name matched: in "Church Forums (Nagaland)" it is a place.
	notWhole = -1.5

	// sameKind and otherKind weigh kinds; kindredKind and landKind are for pairs of them that sources confuse.
	sameKind, kindredKind, landKind, otherKind = 1.5, -0.5, -3.5, -8.0

	// sharedID is for an id in common, of a scheme that does not mean identity. exactID is for one that does, which
	// somebody must have taken apart again; otherExactID for two that differ.
	sharedID, exactID, otherExactID = 7.0, 20.0, -8.0

	// sameDay is for two dates that are the same day, sameSpan for dates of which one is coarser, otherDate for dates
	// that cannot be one and nearDate for those within a month.
	sameDay, sameSpan, nearDate, otherDate = 3.0, 1.0, -2.0, -5.0
	// overlapping and apart weigh the times in which two actors were active; farApart is for more than a lifetime.
	overlapping, apart, farApart = 0.5, -1.0, -6.0

	// samePlace and otherPlace weigh where two are located. A state does not lie in two places, a group may.
	samePlace, otherPlace = 2.0, -3.0
	// samePrincipal is for leading or representing the same, sameWhole for being part of or a member of the same, and
	// otherPrincipal for leading others: few lead twice.
	samePrincipal, otherPrincipal, sameWhole = 3.0, -1.0, 1.0

	// sameSide is for each meeting in which two sources name them on the same side, up to sameSideMost. namedApart is
	// for a meeting in which one source names both.
	sameSide, sameSideMost, namedApart = 1.0, 3.0, -6.0
	// sameParties and otherParties weigh who took part in two meetings.
	sameParties, otherParties = 3.0, -3.0
)

// nameBits turns the similarity of two names into bits. Between the points it runs straight.
func nameBits(similarity, strength float64) float64 {
	points := [...]struct{ at, share float64 }{{0.4, 0}, {0.6, 0.2}, {0.8, 0.5}, {0.9, 0.68}, {0.95, 0.8}, {1, 1}}
	share := 0.0
	for i, p := range points {
		if similarity >= p.at {
			share = p.share
			continue
		}
		if i > 0 {
			q := points[i-1]
			share = q.share + (p.share-q.share)*(similarity-q.at)/(p.at-q.at)
		}
		break
	}
	return nameLow + share*(nameHigh+strength*nameTelling-nameLow)
}
