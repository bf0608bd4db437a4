from territory.neighbours import NEIGHBOURS


def test_neighbours_are_neighbours_of_each_other():
    one_way = [
        (code, other)
        for code, around in NEIGHBOURS.items()
        for other in around
        if code not in NEIGHBOURS[other] or code == other
    ]

    assert one_way == []


def test_neighbours_cover_every_departement():
    overseas = {"971", "972", "973", "974", "976"}

    assert len(NEIGHBOURS) == 101
    assert {code for code, around in NEIGHBOURS.items() if not around} == overseas
    assert NEIGHBOURS["47"] == {"24", "32", "33", "40", "46", "82"}
    assert NEIGHBOURS["48"] == {"07", "12", "15", "30", "43"}
