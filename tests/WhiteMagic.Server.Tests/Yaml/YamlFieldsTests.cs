using System;
using WhiteMagic.Yaml;

namespace WhiteMagic.Server.Tests.Yaml;

public sealed class YamlFieldsTests
{
    private static readonly string[] Names = ["name", "port", "share", "on", "mode", "tags", "http"];

    [Fact]
    public void Getters_EveryFieldGiven_ReturnTheValues()
    {
        YamlFields fields = Fields("name: n\nport: 80\nshare: 0.5\non: true\nmode: fast\ntags: [a, 'b']\nhttp: {port: 1}\n");
        Assert.Equal("n", fields.Text("name"));
        Assert.Equal(80, fields.WholeNumber("port", 1, 0, 100));
        Assert.Equal(0.5, fields.Number("share", 1, 0, 1));
        Assert.True(fields.Flag("on", false));
        Assert.Equal("fast", fields.Choice("mode", "slow", "slow", "fast"));
        Assert.Equal(["a", "b"], fields.Texts("tags"));
        Assert.Equal(["a", "b"], fields.Texts("tags", "b", "a"));
        Assert.Equal(1, fields.Section("http", "port").WholeNumber("port", 2, 1, 1));
        Assert.Equal((1, 7), (fields.Require("name").Line, fields.Require("name").Column));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("# nothing set\n")]
    public void Getters_NoFieldGiven_ReturnTheFallbacks(string yaml)
    {
        YamlFields fields = Fields(yaml);
        Assert.Null(fields.Find("name"));
        Assert.Null(fields.Text("name", null));
        Assert.Equal("x", fields.Text("name", "x"));
        Assert.Equal(7, fields.WholeNumber("port", 7, 0, 1));
        Assert.Equal(7.5, fields.Number("share", 7.5, 0, 1));
        Assert.True(fields.Flag("on", true));
        Assert.Equal("slow", fields.Choice("mode", "slow", "slow", "fast"));
        Assert.Empty(fields.Texts("tags"));
        Assert.Equal(3, fields.Section("http", "port").WholeNumber("port", 3, 0, 9));
    }

    [Fact]
    public void Section_WithoutContent_HasNoFields() =>
        Assert.Equal(3, Fields("http:\n  # port: 80\n").Section("http", "port").WholeNumber("port", 3, 0, 9));

    [Theory]
    [InlineData("name: n\n  \n\"nome\": n\n", 3, 1, "unknown field \"nome\"; allowed: name, port, share, on, mode, tags, http")]
    [InlineData("- a", 1, 1, "expected a map with the fields name, port, share, on, mode, tags, http, but found a list")]
    [InlineData("a", 1, 1, "expected a map with the fields name, port, share, on, mode, tags, http, but found the text \"a\"")]
    public void Constructor_NotAMapOfTheFields_IsRefused(string yaml, int line, int column, string problem) =>
        Refused(() => Fields(yaml), line, column, problem);

    [Theory]
    [InlineData("name: 12", 7, "\"name\" is the number 12, but must be a text; put it in quotes")]
    [InlineData("name: true", 7, "\"name\" is true, but must be a text; put it in quotes")]
    [InlineData("name:", 6, "\"name\" is empty, but must be a text")]
    [InlineData("name: [a]", 7, "\"name\" is a list, but must be a text")]
    public void Text_OtherKind_IsRefused(string yaml, int column, string problem)
    {
        Refused(() => Fields(yaml).Text("name"), 1, column, problem);
        Refused(() => Fields(yaml).Text("name", "x"), 1, column, problem);
    }

    [Fact]
    public void Text_Missing_IsRefused() =>
        Refused(() => Fields("\n  port: 1").Text("name"), 2, 3, "the field \"name\" is missing");

    [Theory]
    [InlineData("port: -1", "\"port\" is the number -1, but must be a whole number from 0 to 65535")]
    [InlineData("port: 65536", "\"port\" is the number 65536, but must be a whole number from 0 to 65535")]
    [InlineData("port: 80.5", "\"port\" is the number 80.5, but must be a whole number from 0 to 65535")]
    [InlineData("port: '80'", "\"port\" is the text \"80\", but must be a whole number from 0 to 65535")]
    [InlineData("port: {}", "\"port\" is a map, but must be a whole number from 0 to 65535")]
    [InlineData("port: \"a\\nb\"", "\"port\" is the text \"a b\", but must be a whole number from 0 to 65535")]
    [InlineData("port: 01234567890123456789012345678901234567890123456789x", "\"port\" is the text \"0123456789012345678901234567890123456789…\", but must be a whole number from 0 to 65535")]
    public void WholeNumber_OutOfRangeOrOtherKind_IsRefused(string yaml, string problem) =>
        Refused(() => Fields(yaml).WholeNumber("port", 1, 0, 65535), 1, 7, problem);

    [Theory]
    [InlineData("share: 1.01", "\"share\" is the number 1.01, but must be a number from 0 to 1")]
    [InlineData("share: .nan", "\"share\" is the number .nan, but must be a number from 0 to 1")]
    [InlineData("share: -.inf", "\"share\" is the number -.inf, but must be a number from 0 to 1")]
    [InlineData("share: half", "\"share\" is the text \"half\", but must be a number from 0 to 1")]
    public void Number_OutOfRangeOrOtherKind_IsRefused(string yaml, string problem) =>
        Refused(() => Fields(yaml).Number("share", 1, 0, 1), 1, 8, problem);

    [Theory]
    [InlineData("on: yes", "\"on\" is the text \"yes\", but must be true or false")]
    [InlineData("on: 1", "\"on\" is the number 1, but must be true or false")]
    [InlineData("on: ~", "\"on\" is empty, but must be true or false")]
    public void Flag_OtherKind_IsRefused(string yaml, string problem) =>
        Refused(() => Fields(yaml).Flag("on", false), 1, 5, problem);

    [Theory]
    [InlineData("mode: quick", "\"mode\" is the text \"quick\", but must be one of slow, fast")]
    [InlineData("mode: [slow]", "\"mode\" is a list, but must be one of slow, fast")]
    public void Choice_OtherValue_IsRefused(string yaml, string problem) =>
        Refused(() => Fields(yaml).Choice("mode", "slow", "slow", "fast"), 1, 7, problem);

    [Theory]
    [InlineData("tags: a", 7, "\"tags\" is the text \"a\", but must be a list of texts")]
    [InlineData("tags: [a, 1]", 11, "\"tags\" is the number 1, but must be a text; put it in quotes")]
    [InlineData("tags: [a, ~]", 11, "\"tags\" is empty, but must be a text")]
    public void Texts_OtherKind_IsRefused(string yaml, int column, string problem) =>
        Refused(() => Fields(yaml).Texts("tags"), 1, column, problem);

    [Fact]
    public void Texts_NotOneOfTheChoices_IsRefused() =>
        Refused(() => Fields("tags: [a, c]").Texts("tags", "a", "b"), 1, 11, "\"tags\" is the text \"c\", but must be one of a, b");

    [Fact]
    public void Section_OtherKindOrUnknownField_IsRefused()
    {
        Refused(() => Fields("http: 80").Section("http", "port"), 1, 7, "\"http\" is the number 80, but must be a map with the fields port");
        Refused(() => Fields("http:\n  prt: 1").Section("http", "port"), 2, 3, "unknown field \"prt\"; allowed: port");
    }

    [Fact]
    public void Getters_OnARuleFile_ReadEachRuleAndNameTheBadOne()
    {
        const string Rules = """
            # Deleting needs a person.
            rules:
              - name: no mass deletion
                action: block        # log tag warn throttle block
                severity: 0.9
                effects: [delete]
                tool_patterns:
                - '*_delete'
                - purge_*
                explain: >-
                  Deleting many memories
                  needs a person.
              - {name: quiet hours, action: warn, severity: 1.5}

            """;
        var rules = Assert.IsType<YamlList>(new YamlFields(YamlReader.Parse(Rules, "x.yaml"), "rules").Require("rules"));
        YamlFields first = Rule(rules[0]);
        Assert.Equal("no mass deletion", first.Text("name"));
        Assert.Equal("block", first.Choice("action", "log", "log", "tag", "warn", "throttle", "block"));
        Assert.Equal(0.9, first.Number("severity", 0, 0, 1));
        Assert.Equal(["delete"], first.Texts("effects", "read", "write", "delete", "external"));
        Assert.Equal(["*_delete", "purge_*"], first.Texts("tool_patterns"));
        Assert.Equal("Deleting many memories needs a person.", first.Text("explain", null));
        Refused(() => Rule(rules[1]).Number("severity", 0, 0, 1), 13, 49, "\"severity\" is the number 1.5, but must be a number from 0 to 1");

        static YamlFields Rule(YamlNode node) => new(node, "name", "action", "severity", "effects", "tool_patterns", "explain");
    }

    private static YamlFields Fields(string yaml) => new(YamlReader.Parse(yaml, "x.yaml"), Names);

    private static void Refused(Func<object?> read, int line, int column, string problem)
    {
        var refusal = Assert.Throws<YamlException>(read);
        Assert.Equal((problem, line, column), (refusal.Problem, refusal.Line, refusal.Column));
        Assert.Equal($"x.yaml:{line}:{column}: {problem}", refusal.Message);
    }
}
