using System.Text;
using WhiteMagic.Yaml;

namespace WhiteMagic.Server.Tests.Yaml;

public sealed class YamlRefusalTests
{
    private const string Tab = "a tab is not allowed in indentation; use spaces";
    private const string OneDocument = "a file holds one document only";
    private const string NoColon = "expected 'key: value' with a space after the colon";

    [Theory]
    [InlineData("a:\n\tb: 1\n", 2, 1, Tab)]
    [InlineData("a:\n  b: 1\n  \tc: 2\n", 3, 3, Tab)]
    [InlineData("a: b\n\tc\n", 2, 1, Tab)]
    [InlineData("a: [\n \tb]", 2, 2, Tab)]
    [InlineData("a: |\n\tb\n", 2, 1, Tab)]
    [InlineData("a: |\n  b\n \tc\n", 3, 2, Tab)]
    [InlineData("a: \"b\n\tc\"", 2, 2, "this line continues a value, so it needs at least 1 space of indentation")]
    [InlineData("-\ta: 1\n", 1, 4, "a tab is not allowed before a map or list; use spaces")]
    [InlineData("-\t- a\n", 1, 3, "a tab is not allowed before a map or list; use spaces")]
    public void Parse_TabAsIndentation_IsRefused(string yaml, int line, int column, string problem) => Refused(yaml, line, column, problem);

    [Theory]
    [InlineData("%YAML 1.2\n---\na", 1, 1, "directives are not supported")]
    [InlineData("a: 1\n---\nb: 2\n", 2, 1, OneDocument)]
    [InlineData("a: 1\n...\nb: 2\n", 3, 1, OneDocument)]
    [InlineData("---\n---\n", 2, 1, OneDocument)]
    [InlineData("a: 1\n... b\n", 2, 5, "unexpected text after the value")]
    [InlineData("a: &x 1", 1, 4, "anchors are not supported")]
    [InlineData("a: *x", 1, 4, "aliases are not supported; quote a text that starts with '*'")]
    [InlineData("tool_patterns: [*_delete]", 1, 17, "aliases are not supported; quote a text that starts with '*'")]
    [InlineData("a: !!str 1", 1, 4, "tags are not supported; quote a text that starts with '!'")]
    [InlineData("? a\n: b", 1, 1, "keys marked with '?' are not supported")]
    [InlineData("{? a: b}", 1, 2, "keys marked with '?' are not supported")]
    [InlineData("a: 1\n<<: b", 2, 1, "merge keys are not supported")]
    [InlineData("{<<: b}", 1, 2, "merge keys are not supported")]
    [InlineData("[a]: b", 1, 1, "a list or map as a key is not supported")]
    [InlineData("{[a]: b}", 1, 2, "a list or map as a key is not supported")]
    [InlineData("[{a: b}: c]", 1, 2, "a list or map as a key is not supported")]
    [InlineData("a: 1\n[b]: c", 2, 1, "expected 'key: value'; a list or map as a key is not supported")]
    public void Parse_ConstructOutsideTheSubset_IsRefused(string yaml, int line, int column, string problem) => Refused(yaml, line, column, problem);

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3", 3, 1, "the key \"a\" is given twice, first on line 1")]
    [InlineData("a: 1\n'a': 3", 2, 1, "the key \"a\" is given twice, first on line 1")]
    [InlineData("{a: 1,\n a: 2}", 2, 2, "the key \"a\" is given twice, first on line 1")]
    [InlineData(": a", 1, 1, "a key is missing before ':'")]
    [InlineData("{: a}", 1, 2, "a key is missing before ':'")]
    [InlineData("a: 1\nb", 2, 1, NoColon)]
    [InlineData("a: 1\nport:80", 2, 1, NoColon)]
    [InlineData("{port:80}", 1, 2, "\"port:80\" has no value; write 'key: value' with a space after the colon")]
    [InlineData("\"a\":b", 1, 5, "a space is needed after the ':' of a key")]
    [InlineData("\"a\n b\": c", 1, 1, "a key and its ':' must be on one line")]
    [InlineData("x: 1\n'a\n b': c", 2, 1, "a key and its ':' must be on one line")]
    [InlineData("[a\n : b]", 2, 2, "a key and its ':' must be on one line")]
    public void Parse_BadKey_IsRefused(string yaml, int line, int column, string problem) => Refused(yaml, line, column, problem);

    [Theory]
    [InlineData("a: b: c", 1, 5, "a map or list must start on the line after its key; quote a text with ': ' or a leading '- '")]
    [InlineData("a: - b", 1, 4, "a map or list must start on the line after its key; quote a text with ': ' or a leading '- '")]
    [InlineData("--- a: b", 1, 6, "after '---' a map or list must start on the next line")]
    [InlineData("a:\n  b: 1\n c: 2", 3, 2, "this line starts in column 2, but the entries above it in column 1")]
    [InlineData("a:\n  b: 'x'\n   c: 2", 3, 4, "this line starts in column 4, but the entries above it in column 3")]
    [InlineData("- a\n - b\n", 2, 2, "this line continues the text above it, though it looks like a list item; check the indentation or quote the text")]
    [InlineData("a: b\n c: d\n", 2, 3, "this line continues the text above it, so ': ' is not allowed; check the indentation or quote the text")]
    [InlineData("a: 1\n- b", 2, 1, "a list item is not allowed here")]
    [InlineData("- a\nb: 1", 2, 1, "expected '- ' as in the items above")]
    [InlineData("'a'\nb", 2, 1, "this line does not belong to the value above it")]
    [InlineData("  a: 1\nb: 2", 2, 1, "this line does not belong to the value above it")]
    [InlineData("a: 'b' c", 1, 8, "unexpected text after the value")]
    [InlineData("a: 'b'# c", 1, 7, "a comment needs a space before '#'")]
    [InlineData("a: @b", 1, 4, "a text that starts with '@' or '`' must be quoted")]
    [InlineData("a: %b", 1, 4, "a text that starts with '%' must be quoted; directives are not supported")]
    [InlineData("a: , b", 1, 4, "a text that starts with '|', '>' or ',' must be quoted here")]
    [InlineData("a: ]", 1, 4, "this closing bracket has no opening one")]
    public void Parse_BadBlockStructure_IsRefused(string yaml, int line, int column, string problem) => Refused(yaml, line, column, problem);

    [Theory]
    [InlineData("x:\n  [a, b", 2, 3, "this bracket has no closing ']'")]
    [InlineData("{a: b", 1, 1, "this bracket has no closing '}'")]
    [InlineData("{a: ", 1, 1, "this bracket has no closing '}'")]
    [InlineData("[a}", 1, 3, "expected ',' or ']'")]
    [InlineData("{a: b\n c: d}", 2, 3, "expected ',' or '}'")]
    [InlineData("[a,, b]", 1, 4, "a value is missing before ','")]
    [InlineData("[a, - b]", 1, 5, "a list item is not allowed inside brackets")]
    [InlineData("[|]", 1, 2, "a text that starts with '|', '>' or ',' must be quoted here")]
    [InlineData("['a'#b]", 1, 5, "a comment needs a space before '#'")]
    [InlineData("[a,#b\n]", 1, 4, "a comment needs a space before '#'")]
    [InlineData("[a]]", 1, 4, "unexpected text after the value")]
    [InlineData("k: [a,\nb]", 2, 1, "this line continues a value, so it needs at least 1 space of indentation")]
    [InlineData("[a,\n--- ]", 2, 1, "a document marker is not allowed inside a value")]
    public void Parse_BadFlow_IsRefused(string yaml, int line, int column, string problem) => Refused(yaml, line, column, problem);

    [Theory]
    [InlineData("a: 'b\n  c\n", 1, 4, "this quoted text has no closing quote")]
    [InlineData("\"a\n---\n\"", 2, 1, "a document marker is not allowed inside a value")]
    [InlineData("\"a\\.b\"", 1, 3, "this is not an escape of YAML; write '\\\\' for a backslash, or use single quotes")]
    [InlineData("\"\\x4g\"", 1, 2, "this escape needs 2 hexadecimal digits")]
    [InlineData("\"\\u004\"", 1, 2, "this escape needs 4 hexadecimal digits")]
    [InlineData("\"\\ud83d\\ude00\"", 1, 2, "this escape names no character; one beyond U+FFFF is written with '\\U' and eight digits")]
    [InlineData("\"\\U00110000\"", 1, 2, "this escape names no character; one beyond U+FFFF is written with '\\U' and eight digits")]
    [InlineData("a: |0\n", 1, 5, "after '|' or '>' only '+' or '-' and an indentation from 1 to 9 are allowed; the text starts on the next line")]
    [InlineData("a: |+-\n", 1, 6, "after '|' or '>' only '+' or '-' and an indentation from 1 to 9 are allowed; the text starts on the next line")]
    [InlineData("a: |#b\n", 1, 5, "after '|' or '>' only '+' or '-' and an indentation from 1 to 9 are allowed; the text starts on the next line")]
    [InlineData("a: > b\n", 1, 6, "the block text starts on the next line")]
    [InlineData("a: |\n    \n  b\n", 3, 3, "a blank line above is indented more than this first line of the block text")]
    [InlineData("a: |\n   b\n  c\n", 3, 3, "this line starts in column 3, but the entries above it in column 1")]
    public void Parse_BadText_IsRefused(string yaml, int line, int column, string problem) => Refused(yaml, line, column, problem);

    [Theory]
    [InlineData("a: \0", 1, 4, "the character U+0000 is not allowed")]
    [InlineData("a\n# \u0007", 2, 3, "the character U+0007 is not allowed")]
    [InlineData("\u007F", 1, 1, "the character U+007F is not allowed")]
    [InlineData("\u009F", 1, 1, "the character U+009F is not allowed")]
    [InlineData("a\uFEFF", 1, 2, "the character U+FEFF is not allowed")]
    [InlineData("\uFFFF", 1, 1, "the character U+FFFF is not allowed")]
    [InlineData("a\rb", 1, 2, "a carriage return is allowed only before a line feed")]
    [InlineData("a\r", 1, 2, "a carriage return is allowed only before a line feed")]
    public void Parse_CharacterThatIsNotPrintable_IsRefused(string yaml, int line, int column, string problem)
    {
        Refused(yaml, line, column, problem);
        Refused("\uFEFF" + yaml, line, column, problem);
    }

    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0xDE00)]
    public void Parse_HalfASurrogatePair_IsRefused(int half) =>
        Refused("a\n " + (char)half, 2, 2, "half of a surrogate pair is not a character", asBytesToo: false);

    [Theory]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', (byte)'b', 0xFF }, 2, 2)]
    [InlineData(new byte[] { 0xC3 }, 1, 1)]
    [InlineData(new byte[] { 0xC0, 0x80 }, 1, 1)]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, 1, 1)]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x80 }, 1, 1)]
    [InlineData(new byte[] { 0xF0, 0x9F, 0x98, 0x80, 0x80 }, 1, 3)]
    public void Parse_InvalidUtf8_IsRefused(byte[] utf8, int line, int column)
    {
        var refusal = Assert.Throws<YamlException>(() => YamlReader.Parse(utf8, "x.yaml"));
        Assert.Equal((line, column, "this is not valid UTF-8; save the file as UTF-8"), (refusal.Line, refusal.Column, refusal.Problem));
    }

    [Fact]
    public void Message_OfARefusal_StartsWithFileLineAndColumn()
    {
        var refusal = Assert.Throws<YamlException>(() => YamlReader.Parse("a: 1\nb:\n  c: 2\n  \td: 3\n", "config.yaml"));
        Assert.Equal("config.yaml:4:3: a tab is not allowed in indentation; use spaces", refusal.Message);
        Assert.Equal(("config.yaml", 4, 3), (refusal.File, refusal.Line, refusal.Column));
    }

    private static void Refused(string yaml, int line, int column, string problem, bool asBytesToo = true)
    {
        var refusal = Assert.Throws<YamlException>(() => YamlReader.Parse(yaml, "x.yaml"));
        Assert.Equal((problem, line, column), (refusal.Problem, refusal.Line, refusal.Column));
        if (asBytesToo)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(yaml);
            Assert.Equal(refusal.Message, Assert.Throws<YamlException>(() => YamlReader.Parse(utf8, "x.yaml")).Message);
        }
    }
}
