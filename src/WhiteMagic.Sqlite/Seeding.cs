using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using WhiteMagic.Governance;
using WhiteMagic.Memory;
using WhiteMagic.Memory.Seeds;
using WhiteMagic.Sqlite.Engine;

namespace WhiteMagic.Sqlite;

/// <summary>Stores the memories that come with the program, each once in the life of a galaxy.</summary>
public static class Seeding
{
    private const string Key = "seed_version";

    /// <summary>The newest version of seeds that the galaxy default has got; 0 when it has none.</summary>
    public static int VersionOf(SqliteGalaxies galaxies) => Default(galaxies).Database.Read(VersionOf);

    /// <summary>
    /// Stores the seeds that are newer than those the galaxy default has got, in one transaction with its ledger entry; returns how many.
    /// A seed that was deleted or purged is older than the galaxy's version, so it never comes back.
    /// </summary>
    public static int Store(SqliteGalaxies galaxies, IReadOnlyList<Seed> seeds, Permit permit)
    {
        SqliteGalaxy galaxy = Default(galaxies);
        Deed deed = permit.Spend();
        return galaxy.Change(connection =>
        {
            // Read again inside the transaction: another process may have been first.
            int stored = VersionOf(connection);
            int newest = stored;
            int count = 0;
            long changed = 0;
            using var ids = new MemoryStream();

            // The first seed is stored last, so that it is the newest and heads every list.
            for (int i = seeds.Count - 1; i >= 0; i--)
            {
                Seed seed = seeds[i];
                newest = int.Max(newest, seed.Version);
                if (seed.Version > stored && !MemoryRows.IsTaken(connection, seed.Draft.Id!.Value))
                {
                    Stored row = galaxy.Store(connection, seed.Draft);
                    changed += row.Changed;
                    count += row.Created ? 1 : 0;
                    ids.Write(row.Id.ToBytes());
                }
            }

            connection.Prepare("INSERT INTO galaxy(key, value) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = ?2")
                .Bind(1, Key).Bind(2, newest.ToString(CultureInfo.InvariantCulture)).Run();
            galaxy.AppendBatch(connection, deed, permit, changed, ids.GetBuffer().AsSpan(0, (int)ids.Length));
            return count;
        });
    }

    private static int VersionOf(Connection connection) =>
        int.TryParse(connection.ScalarText("SELECT value FROM galaxy WHERE key = '" + Key + "'"), NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version : 0;

    private static SqliteGalaxy Default(SqliteGalaxies galaxies) => (SqliteGalaxy)galaxies.Open(GalaxyName.Default);
}
