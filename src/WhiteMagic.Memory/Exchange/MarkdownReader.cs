using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Unicode;

namespace WhiteMagic.Memory.Exchange;

/// <summary>Reads one Markdown document section by section.</summary>
internal sealed class MarkdownReader(string? source, Action<MemoryDraft, long> take, Action<ImportIssue> fail)
{
    private readonly Succession _succession = new();

    // What stands above the sections.
    private FrontMatter? _matter;
    private string? _documentTitle;

    // The open section; the text before the first one is a section without title.
    private State _state = State.Prose;
    private long _line = 1;
    private string? _title;
    private DraftFields _fields = new();
    private readonly StringBuilder _text = new();
    private long _bytes;
    private bool _stripReturn;
    private bool _hasText;
    private string? _broken;
    private string? _brokenField;
    private CodeFence _fence;

    private enum State
    {
        /// <summary>After a heading: a list of fields may follow.</summary>
        Head,

        /// <summary>Inside a list of fields.</summary>
        Fields,

        /// <summary>Content after a list of fields, kept to the byte.</summary>
        Exact,

        /// <summary>Content of an ordinary note.</summary>
        Prose,
    }

    public void Read(Stream stream)
    {
        var lines = new LineReader(stream);
        List<string>? matter = null;
        while (lines.Read())
        {
            string? text = Decode(lines);
            if (lines.Number == 1 && text is not null)
            {
                _stripReturn = text.EndsWith('\r');
                if (FrontMatter.IsFence(text))
                {
                    matter = [text];
                    continue;
                }
            }

            if (matter is not null)
            {
                if (text is not null && (FrontMatter.IsFence(text) || text.AsSpan().TrimEnd() is "..."))
                {
                    matter.RemoveAt(0);
                    _matter = FrontMatter.Parse(matter);
                    _line = lines.Number + 1;
                    matter = null;
                    continue;
                }

                if (text is not null && FrontMatter.Admits(text, matter.Count))
                {
                    matter.Add(text);
                    continue;
                }

                Replay(matter);
                matter = null;
            }

            if (text is null)
            {
                _broken ??= lines.IsTooLong ? $"line {lines.Number} is longer than {LineReader.MaxLineBytes} bytes" : $"line {lines.Number} is not valid UTF-8";
            }
            else
            {
                Feed(text, lines.Number, lines.HasNewline);
            }
        }

        Replay(matter);
        End(atHeading: false);
    }

    private static string? Decode(LineReader lines) =>
        lines.IsTooLong || !Utf8.IsValid(lines.Line.Span) ? null : Encoding.UTF8.GetString(lines.Line.Span);

    // What looked like front matter is text.
    private void Replay(List<string>? lines)
    {
        for (int i = 0; i < lines?.Count; i++)
        {
            Feed(lines[i], i + 1, hasNewline: true);
        }
    }

    private void Feed(string line, long number, bool hasNewline)
    {
        bool isHeading = MarkdownNotes.IsSectionHeading(line, out int escapes);
        if (isHeading && escapes == 0 && !(_state == State.Prose && _fence.IsOpen))
        {
            End(atHeading: true);
            Begin(line, number);
            return;
        }

        if (_stripReturn && line.EndsWith('\r'))
        {
            line = line[..^1];
        }

        switch (_state)
        {
            case State.Head or State.Fields when TryField(line):
                _state = State.Fields;
                break;
            case State.Head when string.IsNullOrWhiteSpace(line):
                break;
            case State.Fields when string.IsNullOrWhiteSpace(line):
                _state = State.Exact;
                _text.Clear();
                _bytes = 0;
                return;
            case State.Head or State.Fields:
                // A list that goes on with something else is no list of fields.
                _state = State.Prose;
                _fields = new DraftFields();
                _brokenField = null;
                break;
            case State.Exact when isHeading:
                line = line[1..];
                break;
        }

        if (_state == State.Prose)
        {
            if (TryTakeDocumentTitle(line))
            {
                return;
            }

            _fence.Pass(line);
        }

        Append(line, hasNewline);
    }

    private void Begin(string heading, long number)
    {
        _state = State.Head;
        _line = number;
        _title = heading[2..].Trim();
        _stripReturn = heading.EndsWith('\r');
        _fields = new DraftFields();
        _text.Clear();
        _bytes = 0;
        _hasText = false;
        _broken = null;
        _brokenField = null;
        _fence = default;
    }

    // Keeps no more of a text than can be stored, but counts it all.
    private void Append(string line, bool hasNewline)
    {
        _hasText |= !string.IsNullOrWhiteSpace(line);
        _bytes += Encoding.UTF8.GetByteCount(line) + (hasNewline ? 1 : 0);
        if (_text.Length <= Limits.ContentBytes + 2)
        {
            _text.Append(line).Append(hasNewline ? "\n" : "");
        }
    }

    private bool TryTakeDocumentTitle(string line)
    {
        if (_title is not null || _hasText || _documentTitle is not null || _matter?.Title is not null || !line.StartsWith("# ", StringComparison.Ordinal))
        {
            return false;
        }

        _documentTitle = line[2..].Trim();
        return true;
    }

    private bool TryField(string line)
    {
        int colon = line.IndexOf(':');
        if (colon < 3 || !line.StartsWith("- ", StringComparison.Ordinal))
        {
            return false;
        }

        string name = line[2..colon];
        if (name is "title" or "content" || !DraftFields.Knows(name))
        {
            return false;
        }

        try
        {
            _fields.Set(name, Unquoted(line[(colon + 1)..].Trim()));
        }
        catch (FailureException e)
        {
            _brokenField ??= e.Message;
        }

        return true;
    }

    private void End(bool atHeading)
    {
        string text = _text.ToString();
        bool isExact = _state is State.Fields or State.Exact;
        if (isExact)
        {
            // The newline of the last line and, before a heading, the empty line that sets it off.
            text = _state == State.Fields ? "" : WithoutNewline(atHeading ? WithoutNewline(text) : text);
            _fields.Title = _title == MarkdownNotes.Untitled ? "" : Unquoted(_title!);
            _broken ??= _brokenField;
        }
        else
        {
            text = WithoutBlankEdges(text);
            string title = _title ?? _matter?.Title ?? _documentTitle ?? "";
            bool isNote = _title is not null || (!atHeading && title != MarkdownNotes.ExportTitle && (title.Length > 0 || _matter is not null));
            if (_title is null && title.Length == 0)
            {
                title = Path.GetFileNameWithoutExtension(source) ?? "";
            }

            // A heading without text is a note that says what its title says.
            text = text.Length == 0 && isNote ? title : text;
            if (text.Length == 0 && _broken is null)
            {
                return;
            }

            _fields.Title = title;
            _fields.Metadata = DocumentMetadata();
        }

        _fields.Content = text;
        _fields.Source ??= isExact ? null : source;
        if (_matter is not null && _fields.Tags.Count == 0)
        {
            _fields.Tags = _matter.Tags;
        }

        _fields.EventTimeMs ??= _matter?.DateMs;
        Pass();
    }

    private void Pass()
    {
        MemoryDraft? draft = null;
        if (_broken is null && _bytes > Limits.ContentBytes + 2)
        {
            _broken = FailureException.TooLarge("content", _bytes, Limits.ContentBytes, "bytes").Message;
        }

        try
        {
            draft = _broken is null ? _fields.Build(_succession) : null;
        }
        catch (FailureException e)
        {
            _broken = e.Message;
        }

        if (draft is not null)
        {
            take(draft, _line);
        }
        else
        {
            fail(new ImportIssue(_line, _broken!));
        }
    }

    // An ordinary section keeps what stood above it in the document.
    private string? DocumentMetadata()
    {
        string rest = _matter?.Rest ?? "";
        string document = _title is null ? "" : _matter?.Title ?? _documentTitle ?? "";
        var json = new StringBuilder();
        if (document.Length > 0 && document != MarkdownNotes.ExportTitle)
        {
            json.Append(",\"document\":").Append(JsonText.Quote(document));
        }

        if (rest.Length > 0)
        {
            json.Append(",\"front_matter\":").Append(JsonText.Quote(rest));
        }

        return json.Length == 0 ? null : "{" + json.ToString(1, json.Length - 1) + "}";
    }

    private static string WithoutNewline(string text) => text.EndsWith('\n') ? text[..^1] : text;

    private static string WithoutBlankEdges(string text)
    {
        string trimmed = text.TrimEnd();
        int first = 0;
        while (first < trimmed.Length && char.IsWhiteSpace(trimmed[first]))
        {
            first++;
        }

        return trimmed[(trimmed.LastIndexOf('\n', Math.Max(0, first - 1), first) + 1)..];
    }

    // A value that was written as a JSON string; anything else is what it is.
    private static string Unquoted(string value)
    {
        if (value.Length > 1 && value[0] == '"' && value[^1] == '"')
        {
            try
            {
                using System.Text.Json.JsonDocument json = JsonText.Parse(value);
                return json.RootElement.GetString()!;
            }
            catch (FailureException)
            {
                // Such as "Yes" or "no".
            }
        }

        return value;
    }
}
