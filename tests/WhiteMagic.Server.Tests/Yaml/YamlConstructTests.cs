using System.Text;
using WhiteMagic.Yaml;

namespace WhiteMagic.Server.Tests.Yaml;

public sealed class YamlConstructTests
{
    [Theory]
    [InlineData("a: 1\nb: two words\n", "{a: 1, b: two words}")]
    [InlineData("a:\n  b:\n    c: 1\n  d: 2\ne: 3\n", "{a: {b: {c: 1}, d: 2}, e: 3}")]
    [InlineData("a :   1\n\"b c\": 2\n'd': 3\n", "{a: 1, b c: 2, d: 3}")]
    [InlineData("a:\nb: ~\nc:", "{a: ~, b: ~, c: ~}")]
    [InlineData("  a: 1\n  b: 2\n", "{a: 1, b: 2}")]
    [InlineData("a: 1 # one\n# two\n\n  # three\nb: x#y\n", "{a: 1, b: x#y}")]
    [InlineData("a:\tb\t# tabs between tokens\n", "{a: b}")]
    public void Parse_BlockMap_IsRead(string yaml, string expected) => Assert.Equal(expected, YamlDump.Of(yaml));

    [Theory]
    [InlineData("- a\n- b\n", "[a, b]")]
    [InlineData("-\n- \n-", "[~, ~, ~]")]
    [InlineData("- - a\n  - b\n- c\n", "[[a, b], c]")]
    [InlineData("- a: 1\n  b: 2\n-   c: 3\n    d: 4\n", "[{a: 1, b: 2}, {c: 3, d: 4}]")]
    [InlineData("-\n  a: 1\n", "[{a: 1}]")]
    [InlineData("k:\n- a\n- b\nl:\n  - c\n", "{k: [a, b], l: [c]}")]
    [InlineData("- k:\n  - a\n  l: b\n", "[{k: [a], l: b}]")]
    public void Parse_BlockList_IsRead(string yaml, string expected) => Assert.Equal(expected, YamlDump.Of(yaml));

    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    [InlineData("[a, 'b', \"c\", [d], {e: f}, ]", "[a, \"b\", \"c\", [d], {e: f}]")]
    [InlineData("{a: 1, \"b\":2, c: , 'd' : [e]}", "{a: 1, b: 2, c: ~, d: [e]}")]
    [InlineData("{url: http://example.org:80/x?y=z, t: 20:03}", "{url: http://example.org:80/x?y=z, t: 20:03}")]
    [InlineData("[a: 1, b]", "[{a: 1}, b]")]
    [InlineData("a: [ # one\n  b, # two\n  # three\n  c\n  ]\nd: e\n", "{a: [b, c], d: e}")]
    [InlineData("a: {b: c d\n  e}", "{a: {b: c d e}}")]
    public void Parse_Flow_IsRead(string yaml, string expected) => Assert.Equal(expected, YamlDump.Of(yaml));

    [Theory]
    [InlineData("a: b\n  c\n\n  d\n", "{a: b c\\nd}")]
    [InlineData("one\ntwo\n", "one two")]
    [InlineData("a: -1 - 2 ? x : y", null)]
    [InlineData("a: b:c ?d -e !f &g *h %i @j", "{a: b:c ?d -e !f &g *h %i @j}")]
    [InlineData("a: C:\\dir\\x", "{a: C:\\dir\\x}")]
    [InlineData("- ?a\n- :b\n- -c\n", "[?a, :b, -c]")]
    public void Parse_PlainText_IsReadOrRefused(string yaml, string? expected)
    {
        if (expected is null)
        {
            Assert.Throws<YamlException>(() => YamlReader.Parse(yaml, "x.yaml"));
            return;
        }
        Assert.Equal(expected, YamlDump.Of(yaml).Replace("\n", "\\n", System.StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("'it''s # not: a comment'", "it's # not: a comment")]
    [InlineData("'a\n  b\n\n  c'", "a b\nc")]
    [InlineData("'\\n'", "\\n")]
    [InlineData("\"a  \n  b \\\n  c\"", "a b c")]
    [InlineData("\"\\t\\n\\r\\0\\a\\b\\v\\f\\e\\\"\\/\\\\\\ \"", "\t\n\r\0\a\b\v\f\u001B\"/\\ ")]
    [InlineData("\"\\x41\\u00e9\\U0001F600\\N\\_\\L\\P\"", "A\u00E9\U0001F600\u0085\u00A0\u2028\u2029")]
    [InlineData("\"\"", "")]
    [InlineData("''", "")]
    [InlineData("\"é ☃ 😀\"", "é ☃ 😀")]
    public void Parse_QuotedText_HasThisText(string yaml, string expected)
    {
        YamlScalar scalar = Assert.IsType<YamlScalar>(YamlReader.Parse(yaml, "x.yaml"));
        Assert.Equal(expected, scalar.Text);
        Assert.False(scalar.IsPlain);
    }

    [Theory]
    [InlineData("|\n  a\n   b\n\n  c\n", "a\n b\n\nc\n")]
    [InlineData("|-\n  a\n\n", "a")]
    [InlineData("|+\n  a\n\n", "a\n\n")]
    [InlineData("|\n  a", "a\n")]
    [InlineData("|", "")]
    [InlineData(">\n  a\n  b\n\n  c\n    d\n  e\n", "a b\nc\n  d\ne\n")]
    [InlineData(">-\n  a\n  b\n", "a b")]
    [InlineData("|2\n    a\n  b\n", "  a\nb\n")]
    [InlineData("|2-\n   a\n", " a")]
    [InlineData("|-2 # comment\n   a # text\n", " a # text")]
    [InlineData("|\n  # text\n# comment\n", "# text\n")]
    [InlineData("|\n \ta\n", "\ta\n")]
    public void Parse_BlockText_HasThisText(string yaml, string expected)
    {
        YamlMap map = Assert.IsType<YamlMap>(YamlReader.Parse("k: " + yaml, "x.yaml"));
        YamlScalar scalar = Assert.IsType<YamlScalar>(Assert.Single(Entries(map)).Value);
        Assert.Equal(expected, scalar.Text);
        Assert.False(scalar.IsPlain);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \n# only a comment\n")]
    [InlineData("---")]
    [InlineData("--- # comment\n...\n# more\n")]
    [InlineData("\uFEFF")]
    [InlineData("null\n")]
    public void Parse_DocumentWithoutContent_IsNull(string yaml)
    {
        Assert.True(Assert.IsType<YamlScalar>(YamlReader.Parse(yaml, "x.yaml")).IsNull);
        Assert.True(Assert.IsType<YamlScalar>(YamlReader.Parse(Encoding.UTF8.GetBytes(yaml), "x.yaml")).IsNull);
    }

    [Theory]
    [InlineData("---\na: 1\n", "{a: 1}")]
    [InlineData("--- a\n", "a")]
    [InlineData("--- [a]\n...\n", "[a]")]
    [InlineData("# comment\n---\n- a\n... # end\n\n", "[a]")]
    [InlineData("\uFEFFa: 1\r\nb: |\r\n  c\r\n  d\r\n", "{a: 1, b: \"c\\nd\\n\"}")]
    public void Parse_MarkersAndEncodingMarks_AreTolerated(string yaml, string expected) =>
        Assert.Equal(expected, YamlDump.Of(YamlReader.Parse(Encoding.UTF8.GetBytes(yaml), "x.yaml")));

    [Fact]
    public void Parse_EveryKindOfNode_KnowsItsPlace()
    {
        const string Text = "\uFEFF# comment\nmap:\n  - a\n  - {b: [c]}\n'last' : |\n  text\nempty:\n";
        YamlMap root = Assert.IsType<YamlMap>(YamlReader.Parse(Text, "x.yaml"));
        YamlList list = Assert.IsType<YamlList>(root.Find("map")!.Value);
        YamlMap flow = Assert.IsType<YamlMap>(list[1]);

        Assert.Equal((2, 1), (root.Line, root.Column));
        Assert.Equal((3, 3), (list.Line, list.Column));
        Assert.Equal((3, 5), (list[0].Line, list[0].Column));
        Assert.Equal((4, 5), (flow.Line, flow.Column));
        Assert.Equal((4, 6), (flow[0].Line, flow[0].Column));
        Assert.Equal((4, 9), (flow[0].Value.Line, flow[0].Value.Column));
        Assert.Equal((5, 1), (root[1].Line, root[1].Column));
        Assert.Equal((5, 10), (root[1].Value.Line, root[1].Value.Column));
        Assert.Equal((7, 7), (root[2].Value.Line, root[2].Value.Column));
        Assert.Equal("x.yaml", flow.File);
    }

    [Fact]
    public void Find_InSmallAndLargeMaps_FindsEveryKeyAndNoOther()
    {
        foreach (int count in new[] { 0, 1, 8, 9, 10, 500 })
        {
            var text = new StringBuilder("{");
            for (int i = 0; i < count; i++)
            {
                text.Append(i == 0 ? "" : ", ").Append('k').Append(i).Append(": ").Append(i);
            }
            YamlMap map = Assert.IsType<YamlMap>(YamlReader.Parse(text.Append('}').ToString(), "x.yaml"));
            Assert.Equal(count, map.Count);
            for (int i = 0; i < count; i++)
            {
                Assert.Same(map[i], map.Find("k" + i));
            }
            Assert.Null(map.Find("k" + count));
        }
    }

    private static YamlEntry[] Entries(YamlMap map)
    {
        var entries = new YamlEntry[map.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = map[i];
        }
        return entries;
    }
}
