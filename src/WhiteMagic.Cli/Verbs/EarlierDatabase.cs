using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using WhiteMagic.Cli.Defining;
using WhiteMagic.Cli.Roots;
using WhiteMagic.Mcp;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Exchange;
using WhiteMagic.Sqlite;

namespace WhiteMagic.Cli.Verbs;

/// <summary>What became of a database of an earlier WhiteMagic that lay where ours goes.</summary>
internal sealed class Adoption
{
    /// <summary>Where it is now.</summary>
    internal required string MovedTo { get; init; }

    /// <summary>Memories imported from it.</summary>
    internal long Created { get; init; }

    /// <summary>Memories of it that were there already.</summary>
    internal long Reinforced { get; init; }

    /// <summary>Rows that could not be taken.</summary>
    internal long Failed { get; init; }

    /// <summary>Which rows those are, and why: the first hundred.</summary>
    internal IReadOnlyList<ImportIssue> Errors { get; init; } = [];

    /// <summary>Whether it is no database of an earlier WhiteMagic at all.</summary>
    internal bool IsOfAnotherProgram { get; init; }

    /// <summary>Why it could not be imported; null when it was.</summary>
    internal string? Problem { get; init; }
}

/// <summary>Moves a database of an earlier WhiteMagic out of the way and imports it.</summary>
internal static class EarlierDatabase
{
    /// <summary>Moves it to backups/ and returns where it is now; null when there is none.</summary>
    internal static string? MoveAway(Invocation call, string root, string galaxy)
    {
        // A look of its own: a store that has met the foreign file would go on looking for it after it has moved.
        using var galaxies = new SqliteGalaxies(new StoreOptions { Root = root, Random = call.Around.Random, Time = call.Around.Time, Galaxy = GalaxyName.Default });
        try
        {
            galaxies.Open(galaxy).Facts();
            return null;
        }
        catch (FailureException e) when (e.Code == ErrorCode.StorageForeign)
        {
            return Move(call, root, galaxy);
        }
        catch (FailureException e) when (e.Code == ErrorCode.NotFound)
        {
            return null;
        }
    }

    private static string Move(Invocation call, string root, string galaxy)
    {
        string from = SqliteGalaxies.PathOf(root, galaxy);
        string stamp = Instant.Format(call.Around.Time.GetUtcNow().ToUnixTimeMilliseconds()).Replace(":", "", StringComparison.Ordinal).Replace(".", "-", StringComparison.Ordinal);
        string folder = Path.Combine(root, "backups", "earlier-" + stamp + (galaxy == GalaxyName.Default ? "" : "-" + galaxy));
        string to = Path.Combine(folder, Path.GetFileName(from));
        try
        {
            PrivateFile.MakeFolder(root, folder);

            // Its log goes with it: the newest memories may be only there.
            foreach (string suffix in (string[])["", "-wal", "-shm"])
            {
                if (File.Exists(from + suffix))
                {
                    File.Move(from + suffix, to + suffix);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ExchangePath.Failure("moving", from, e);
        }

        return to;
    }

    /// <summary>Imports it from where it is now into the galaxy where it was, which is made.</summary>
    internal static Adoption Import(Invocation call, Workbench bench, string path, string galaxy)
    {
        if (galaxy != GalaxyName.Default)
        {
            ToolRun.Ask(bench, "galaxy_create", json => json.WriteString("name", galaxy));
        }

        using var progress = new ProgressLine(call.Around);
        ToolAnswer answer = ToolRun.Ask(bench, "import_memories", json =>
        {
            json.WriteString("path", path);
            json.WriteString("format", ExchangeFormat.Sqlite);
            json.WriteString("galaxy", galaxy);
        }, progress);
        using JsonDocument document = JsonDocument.Parse(answer.Written.ToArray());
        JsonElement result = document.RootElement;
        return answer.IsError
            ? new Adoption
            {
                MovedTo = path,
                Problem = result.GetProperty("message"u8).GetString(),
                IsOfAnotherProgram = result.GetProperty("error_code"u8).GetString() == ErrorCode.InvalidParams,
            }
            : new Adoption
            {
                MovedTo = path,
                Created = result.GetProperty("created"u8).GetInt64(),
                Reinforced = result.GetProperty("reinforced"u8).GetInt64(),
                Failed = result.GetProperty("failed"u8).GetInt64(),
                Errors = ErrorsOf(result),
            };
    }

    private static List<ImportIssue> ErrorsOf(JsonElement result)
    {
        var errors = new List<ImportIssue>();
        foreach (JsonElement issue in result.GetProperty("errors"u8).EnumerateArray())
        {
            errors.Add(new ImportIssue(issue.GetProperty("line"u8).GetInt64(), issue.GetProperty("reason"u8).GetString()!));
        }

        return errors;
    }
}
