using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>
/// The galaxies of one state root. The folders are the registry: a galaxy is there when its database is; its description is inside it,
/// so that no second file can disagree. <c>galaxies.json</c> says only which one is active.
/// </summary>
public sealed class SqliteGalaxies : IGalaxies, IDisposable
{
    internal const string DatabaseFile = "whitemagic.db";

    // More connections would only hold more caches; the least recently used one is closed.
    private const int MostOpen = 8;

    private readonly StoreOptions _options;
    private readonly List<SqliteGalaxy> _open = [];
    private readonly string? _active;
    private FailureException? _activeProblem;

    public SqliteGalaxies(StoreOptions options)
    {
        _options = options;
        _active = options.Galaxy is { } given ? GalaxyName.Check(given) : ReadActive();
    }

    /// <inheritdoc/>
    public string Root => _options.Root;

    /// <inheritdoc/>
    /// <exception cref="FailureException">galaxies.json is there and cannot be read: guessing could store memories in the wrong galaxy.</exception>
    public string Active => _active ?? throw new FailureException(_activeProblem!.Code, _activeProblem.Message, _activeProblem.Hint, inner: _activeProblem);

    /// <summary>The path of a galaxy's database, whether it exists or not.</summary>
    public static string PathOf(string root, string name) =>
        name == GalaxyName.Default ? Path.Combine(root, "memory", DatabaseFile) : Path.Combine(root, "memory", "galaxies", name, DatabaseFile);

    /// <summary>Whether a galaxy has a database, or had one that is missing now.</summary>
    /// <exception cref="FailureException">That cannot be known.</exception>
    public static bool WasMade(string root, string name)
    {
        string path = PathOf(root, name);
        return PrivateFile.IsThere(path) || DatabaseMark.IsSet(path);
    }

    /// <inheritdoc/>
    public IGalaxyStore Open(string name)
    {
        GalaxyName.Check(name);
        for (int i = 0; i < _open.Count; i++)
        {
            if (_open[i].Name == name)
            {
                SqliteGalaxy found = _open[i];
                _open.RemoveAt(i);
                _open.Add(found);
                return found;
            }
        }

        var galaxy = new SqliteGalaxy(name, PathOf(Root, name), _options);
        if (!galaxy.Database.Exists)
        {
            MakeDefault(galaxy);
        }

        if (_open.Count == MostOpen)
        {
            _open[0].Dispose();
            _open.RemoveAt(0);
        }

        _open.Add(galaxy);
        return galaxy;
    }

    /// <inheritdoc/>
    public void Create(string name, string description, Permit permit)
    {
        GalaxyName.Check(name);
        Deed deed = permit.Spend();
        var galaxy = new SqliteGalaxy(name, PathOf(Root, name), _options);
        bool made = name != GalaxyName.Default && !WasMade(Root, name) && galaxy.Database.Create(connection =>
        {
            Describe(connection, name, description);
            galaxy.AppendBatch(connection, deed, permit, changed: 0, []);
        });
        galaxy.Dispose();
        if (!made && !galaxy.Database.Exists && DatabaseMark.IsSet(galaxy.Database.Path))
        {
            throw StorageFailure.Missing(galaxy.Database.Path, "it was there before and was removed");
        }

        if (!made)
        {
            throw new FailureException(ErrorCode.Conflict, $"galaxy {name} is there already; nothing was changed", "galaxy_list names all galaxies");
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<GalaxyInfo> List()
    {
        var names = new List<string>();
        string folder = Path.Combine(Root, "memory", "galaxies");
        foreach (string path in FoldersIn(folder))
        {
            string name = Path.GetFileName(path);
            if (GalaxyName.IsValid(name) && MayHold(Path.Combine(path, DatabaseFile)))
            {
                names.Add(name);
            }
        }

        names.Sort(StringComparer.Ordinal);
        names.Insert(0, GalaxyName.Default);
        var galaxies = new List<GalaxyInfo>(names.Count);
        foreach (string name in names)
        {
            galaxies.Add(InfoOf(name));
        }

        return galaxies;
    }

    /// <inheritdoc/>
    public void FlushPending()
    {
        foreach (SqliteGalaxy galaxy in _open)
        {
            galaxy.Pause();
        }
    }

    /// <summary>Persists which galaxy the processes that start later work on.</summary>
    /// <returns>Where the file is now that was there and could not be understood; null when there was none.</returns>
    /// <exception cref="FailureException">There is no such galaxy, or the file cannot be written.</exception>
    public string? SetActive(string name)
    {
        Open(name);
        string path = ActivePath;
        string temporary = path + ".new";
        string? aside = null;
        try
        {
            if (_activeProblem is { Code: ErrorCode.StorageCorrupt } && File.Exists(path))
            {
                aside = path + ".damaged-" + Instant.Format(_options.Time.GetUtcNow().ToUnixTimeMilliseconds()).Replace(":", "", StringComparison.Ordinal);
                File.Copy(path, aside, overwrite: true);
            }

            using (var file = PrivateFile.Create(temporary))
            {
                using (var json = new Utf8JsonWriter(file))
                {
                    json.WriteStartObject();
                    json.WriteString("active"u8, name);
                    json.WriteEndObject();
                }

                file.WriteByte((byte)'\n');
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            return aside;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.From(e, path);
        }
    }

    /// <summary>Commits what is pending and closes every database.</summary>
    public void Dispose()
    {
        foreach (SqliteGalaxy galaxy in _open)
        {
            galaxy.Dispose();
        }

        _open.Clear();
    }

    private string ActivePath => Path.Combine(Root, "galaxies.json");

    private void MakeDefault(SqliteGalaxy galaxy)
    {
        string path = galaxy.Database.Path;

        // Looked for before the database, which another process may be making now: it gets its name first.
        bool isMarked = DatabaseMark.IsSet(path);
        bool hasLog = File.Exists(path + "-wal");
        if (galaxy.Database.Exists)
        {
            return;
        }

        if (isMarked)
        {
            throw StorageFailure.Missing(path, "it was there before and was removed");
        }

        if (galaxy.Name != GalaxyName.Default)
        {
            throw new FailureException(ErrorCode.NotFound, $"there is no galaxy {galaxy.Name}", "galaxy_list names all galaxies, galaxy_create makes one");
        }

        if (hasLog)
        {
            throw StorageFailure.Missing(path, "only its write-ahead log is left");
        }

        if (_options.ReadOnly)
        {
            throw StorageFailure.Missing(path, "nothing was stored yet, and this process may only read");
        }

        PrivateFile.MakeFolder(Root, Root);
        galaxy.Database.Create(connection => Describe(connection, GalaxyName.Default, ""));
    }

    private void Describe(Connection connection, string name, string description)
    {
        connection.Prepare("INSERT INTO galaxy(key, value) VALUES('name', ?1), ('description', ?2), ('created_at', ?3)")
            .Bind(1, name).Bind(2, description).Bind(3, Instant.Format(_options.Time.GetUtcNow().ToUnixTimeMilliseconds())).Run();
    }

    private static string[] FoldersIn(string folder)
    {
        try
        {
            return PrivateFile.IsThere(folder) ? Directory.GetDirectories(folder) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.From(e, folder);
        }
    }

    // A galaxy that must not be looked at is listed with its problem, not left out.
    private static bool MayHold(string path)
    {
        try
        {
            return PrivateFile.IsThere(path) || DatabaseMark.IsSet(path);
        }
        catch (FailureException)
        {
            return true;
        }
    }

    private GalaxyInfo InfoOf(string name)
    {
        string path = PathOf(Root, name);
        if (!MayHold(path))
        {
            return new GalaxyInfo(name, "", 0, null);
        }

        bool isOpen = _open.Exists(g => g.Name == name);
        SqliteGalaxy galaxy = isOpen ? (SqliteGalaxy)Open(name) : new SqliteGalaxy(name, path, _options);
        galaxy.Bound(null, null);
        try
        {
            return galaxy.Database.Read(connection => new GalaxyInfo(name,
                connection.ScalarText("SELECT value FROM galaxy WHERE key = 'description'") ?? "",
                connection.ScalarInt64("SELECT count(*) FROM memories WHERE deleted_at IS NULL"), null));
        }
        catch (FailureException e)
        {
            return new GalaxyInfo(name, "", null, $"{e.Code}: {e.Message}");
        }
        finally
        {
            if (!isOpen)
            {
                galaxy.Dispose();
            }
        }
    }

    private string? ReadActive()
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(ActivePath));
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("active"u8, out JsonElement active)
                && active.ValueKind == JsonValueKind.String && active.GetString() is { } name && GalaxyName.IsValid(name))
            {
                return name;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return GalaxyName.Default;
        }
        catch (JsonException e)
        {
            return NotActive(string.Create(CultureInfo.InvariantCulture, $"it is not valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}"));
        }
        catch (InvalidOperationException)
        {
            // A text that is not Unicode is no name either.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _activeProblem = FileFailure.From(e, ActivePath);
            return null;
        }

        return NotActive("it has no member \"active\" with the name of a galaxy");
    }

    private string? NotActive(string finding)
    {
        _activeProblem = new FailureException(ErrorCode.StorageCorrupt, $"{ActivePath} does not say which galaxy is active: {finding}",
            "run: wm galaxy switch default (or another galaxy), which keeps the damaged file beside it; or pass galaxy with each call");
        return null;
    }
}
