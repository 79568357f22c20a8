using System.Text.Json;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;
using WhiteMagic.Tools.Defining;

namespace WhiteMagic.Tools.Families;

/// <summary>Bringing memories in and taking copies out.</summary>
internal static class Exchanging
{
    private static readonly ChoiceParam _readable = new("format", null, ExchangeFormat.Readable.ToArray());
    private static readonly ChoiceParam _writable = new("format", null, ExchangeFormat.Writable.ToArray());
    private static readonly TextParam _importPath = new("path", "file or folder");
    private static readonly TextParam _data = new("data");
    private static readonly FlagParam _dryRun = new("dry_run");
    private static readonly TextParam _exportPath = new("path") { IsRequired = true };
    private static readonly FlagParam _overwrite = new("overwrite");

    internal static readonly Tool[] Tools =
    [
        Tool.Define("import_memories", Effect.Write, "Import JSONL, Markdown, server-memory or earlier WhiteMagic files, by path or data.",
            [_importPath, _data, _readable, _dryRun, Common.Galaxy],
            Shape.Object(("format", Shape.Text), ("read", Shape.Integer), ("created", Shape.Integer), ("reinforced", Shape.Integer), ("skipped", Shape.Integer), ("failed", Shape.Integer),
                ("errors", Shape.List(Shape.Object(Member.Maybe("file", Shape.Text), ("line", Shape.Integer), ("reason", Shape.Text)))), ("dry_run", Shape.Flag)),
            Import, idempotent: true, dryRun: _dryRun),

        Tool.Define("export_memories", Effect.External, "Export memories to a new file.",
            [_exportPath, _writable, _overwrite, Common.Tags, Common.Type, Common.SessionId, Common.Speaker, Common.Since, Common.Until, Common.IncludeDeleted, Common.Galaxy],
            Shape.Object(("path", Shape.Text), ("format", Shape.Text), ("count", Shape.Integer), ("bytes", Shape.Integer), Common.Damaged), Export,
            destructive: true),
    ];

    private static void Import(Call call)
    {
        string? path = call.Get(_importPath);
        string? data = call.Get(_data);
        if ((path is null) == (data is null))
        {
            throw FailureException.Invalid(path is null ? "path and data are both missing; import_memories needs one of them" : "path and data are both given; import_memories takes one of them");
        }

        call.Galaxy.Bound(null, call.Caller.IsWithdrawn);
        bool dryRun = call.Get(_dryRun);
        var options = new ImportOptions
        {
            Format = call.Get(_readable),
            Judge = new DraftJudge(call).Judge,
            Begin = dryRun ? null : () => call.Galaxy.BeginImport(call.Permit),
            Progress = call.Caller.Progress is { } sink ? sink.Report : null,
            IsCancelled = call.Caller.IsWithdrawn,
            Databases = call.Workplace.ForeignDatabases,
        };
        ImportReport report = path is not null ? Importer.ImportPath(path, options) : Importer.ImportData(data!, options);
        Utf8JsonWriter json = call.Json;
        json.WriteString("format", report.Format);
        json.WriteNumber("read", report.Read);
        json.WriteNumber("created", report.Created);
        json.WriteNumber("reinforced", report.Reinforced);
        json.WriteNumber("skipped", report.Skipped);
        json.WriteNumber("failed", report.Failed);
        json.WriteStartArray("errors");
        foreach (ImportIssue issue in report.Errors)
        {
            json.WriteStartObject();
            if (issue.File is { } file)
            {
                json.WriteString("file", file);
            }

            json.WriteNumber("line", issue.Line);
            json.WriteString("reason", issue.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("dry_run", report.DryRun);
    }

    private static void Export(Call call)
    {
        ExchangePath.DemandOutside(call.Get(_exportPath)!, call.Workplace.Galaxies.Root);
        call.Galaxy.Bound(null, call.Caller.IsWithdrawn);
        ExportReport report = Exporter.Export(call.Galaxy, call.Get(_exportPath)!, new ExportOptions
        {
            Format = call.Get(_writable),
            Filter = Common.FilterOf(call),
            Overwrite = call.Get(_overwrite),
            Progress = call.Caller.Progress is { } sink ? sink.Report : null,
            IsCancelled = call.Caller.IsWithdrawn,
        });
        call.Json.WriteString("path", report.Path);
        call.Json.WriteString("format", report.Format);
        call.Json.WriteNumber("count", report.Count);
        call.Json.WriteNumber("bytes", report.Bytes);
        if (report.Damaged.Count > 0)
        {
            Common.WriteIds(call.Json, "damaged", report.Damaged);
        }
    }
}
