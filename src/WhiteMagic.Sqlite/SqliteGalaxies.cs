using System;
using System.Collections.Generic;
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
    private const string DatabaseFile = "whitemagic.db";

    // More connections would only hold more caches; the least recently used one is closed.
    private const int MostOpen = 8;

    private readonly StoreOptions _options;
    private readonly List<SqliteGalaxy> _open = [];
    private readonly string? _active;

    public SqliteGalaxies(StoreOptions options)
    {
        _options = options;
        _active = options.Galaxy is { } given ? GalaxyName.Check(given) : ReadActive();
    }

    /// <inheritdoc/>
    public string Root => _options.Root;

    /// <inheritdoc/>
    /// <exception cref="FailureException">galaxies.json is there and cannot be read: guessing could store memories in the wrong galaxy.</exception>
    public string Active => _active ?? throw new FailureException(ErrorCode.StorageCorrupt, $"{ActivePath} does not say which galaxy is active",
        "write {\"active\":\"default\"} into it, or pass galaxy with each call");

    /// <summary>The path of a galaxy's database, whether it exists or not.</summary>
    public static string PathOf(string root, string name) =>
        name == GalaxyName.Default ? Path.Combine(root, "memory", DatabaseFile) : Path.Combine(root, "memory", "galaxies", name, DatabaseFile);

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
        bool made = name != GalaxyName.Default && !galaxy.Database.Exists && galaxy.Database.Create(connection =>
        {
            Describe(connection, name, description);
            galaxy.AppendBatch(connection, deed, permit, connection.Changes, []);
        });
        galaxy.Dispose();
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
        if (Directory.Exists(folder))
        {
            foreach (string path in Directory.EnumerateDirectories(folder))
            {
                string name = Path.GetFileName(path);
                if (GalaxyName.IsValid(name) && File.Exists(Path.Combine(path, DatabaseFile)))
                {
                    names.Add(name);
                }
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
            galaxy.Ledger.FlushPending();
        }
    }

    /// <summary>Persists which galaxy the processes that start later work on.</summary>
    /// <exception cref="FailureException">There is no such galaxy, or the file cannot be written.</exception>
    public void SetActive(string name)
    {
        Open(name);
        string path = ActivePath;
        string temporary = path + ".new";
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
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
        if (galaxy.Name != GalaxyName.Default)
        {
            throw new FailureException(ErrorCode.NotFound, $"there is no galaxy {galaxy.Name}", "galaxy_list names all galaxies, galaxy_create makes one");
        }

        if (File.Exists(path + "-wal"))
        {
            throw StorageFailure.Missing(path, "only its write-ahead log is left");
        }

        if (_options.ReadOnly)
        {
            throw StorageFailure.Missing(path, "nothing was stored yet, and this process may only read");
        }

        GalaxyDatabase.CreateFolder(Root);
        galaxy.Database.Create(connection => Describe(connection, GalaxyName.Default, ""));
    }

    private void Describe(Connection connection, string name, string description)
    {
        connection.Prepare("INSERT INTO galaxy(key, value) VALUES('name', ?1), ('description', ?2), ('created_at', ?3)")
            .Bind(1, name).Bind(2, description).Bind(3, Instant.Format(_options.Time.GetUtcNow().ToUnixTimeMilliseconds())).Run();
    }

    private GalaxyInfo InfoOf(string name)
    {
        string path = PathOf(Root, name);
        if (!File.Exists(path))
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
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("active"u8, out JsonElement active)
                && active.ValueKind == JsonValueKind.String && active.GetString() is { } name && GalaxyName.IsValid(name)
                ? name
                : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return GalaxyName.Default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
