using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using WhiteMagic.Yaml;

namespace WhiteMagic.Governance.Dharma;

/// <summary>
/// The rules of one state root, as they are now: files are looked at twice a second at most, when a call asks. A file with an error changes
/// nothing: the rules in force stay, and <see cref="Problem"/> says what is wrong. Where none were read before it, none are
/// <see cref="Binding"/>: nobody knows what they forbid.
/// </summary>
/// <param name="root">The state root; it need not exist, and when it is empty there is none.</param>
/// <param name="time">Tells when to look again.</param>
/// <param name="stampOf">Something that changes when a file does; asked of files that are there.</param>
public sealed class DharmaRules(string root, TimeProvider time, Func<string, long> stampOf)
{
    /// <summary>The file that is read first.</summary>
    public const string FileName = "dharma_rules.yaml";

    /// <summary>The folder whose files are read after it, in the order of their names.</summary>
    public const string FolderName = "dharma/rules.d";

    /// <summary>The file that says which profile is active.</summary>
    public const string ProfileFileName = "dharma/profile";

    private const int MostFiles = 256;
    private const int MostProfileBytes = 128;
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(400);

    private readonly object _gate = new();
    private RuleBook? _book;
    private Ruleset? _binding;
    private Ruleset? _builtIn;
    private bool _hasLooked;
    private long _lookedAt;
    private string? _stamp;

    /// <summary>What is wrong with the files, with its place; empty when nothing is.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>What holds while there is a <see cref="Problem"/>.</summary>
    public string Consequence => Binding is null ? "until that is corrected, nothing can be changed here; reading works" : "the rules before it stay in force";

    /// <summary>The rules in force; null when the files had an error from the beginning.</summary>
    public Ruleset? Binding
    {
        get
        {
            lock (_gate)
            {
                if (!_hasLooked || time.GetElapsedTime(_lookedAt) >= _lookEvery)
                {
                    Look();
                }

                return _binding;
            }
        }
    }

    /// <summary>The rules in force; without any, those that come with the program.</summary>
    public Ruleset Current => Binding ?? (_builtIn ??= RuleBook.Read().Under(Rule.DefaultProfile));

    /// <summary>All profiles that could be made active.</summary>
    public IReadOnlyList<string> Profiles => Book.Profiles;

    /// <summary>Looks at the files now; true when they were taken, false when they have an error.</summary>
    public bool Reload()
    {
        lock (_gate)
        {
            _stamp = null;
            Look();
            return Problem.Length == 0;
        }
    }

    /// <summary>The rules that would be in force under another profile; null when there is no such profile.</summary>
    public Ruleset? Under(string profile) => Book is var book && Contains(book.Profiles, profile) ? book.Under(profile) : null;

    /// <summary>Makes a profile active for this root, persisted. It takes a permit, so that nobody changes it without a ruling; the caller enters the deed into the ledger.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public void SetProfile(string profile, Permit permit)
    {
        ArgumentNullException.ThrowIfNull(permit);
        string path = Path.Combine(root, ProfileFileName);
        string folder = Path.GetDirectoryName(path)!;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        string temporary = path + ".new";
        using (var file = new FileStream(temporary, options))
        {
            file.Write(Encoding.UTF8.GetBytes(profile + "\n"));
        }

        File.Move(temporary, path, overwrite: true);
        Reload();
    }

    private RuleBook Book => Binding is null ? RuleBook.Read() : _book!;

    private void Look()
    {
        (_hasLooked, _lookedAt) = (true, time.GetTimestamp());
        try
        {
            List<FileInfo> files = Files();
            string stamp = StampOf(files);
            if (stamp == _stamp)
            {
                return;
            }

            _stamp = stamp;
            Problem = "";
            var documents = new List<RuleDocument>();
            foreach (FileInfo file in files)
            {
                documents.Add(Read(file));
            }

            RuleBook book = RuleBook.Read(documents);
            string profile = ReadProfile();
            if (!Contains(book.Profiles, profile))
            {
                throw new YamlException(ProfileFileName, 1, 1, $"there is no profile \"{profile}\"; allowed: " + string.Join(", ", book.Profiles));
            }

            (_book, _binding) = (book, book.Under(profile));
        }
        catch (YamlException e)
        {
            Problem = e.Message;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whatever is there when they can be read again is taken.
            _stamp = null;
            Problem = "the files of rules cannot be read: " + (e is UnauthorizedAccessException ? "this user may not" : "the disk or a file failed");
        }
    }

    private List<FileInfo> Files()
    {
        var files = new List<FileInfo>();
        if (root.Length == 0)
        {
            return files;
        }

        var first = new FileInfo(Path.Combine(root, FileName));
        if (first.Exists)
        {
            files.Add(first);
        }

        string folder = Path.Combine(root, FolderName);
        if (!Directory.Exists(folder))
        {
            return files;
        }

        var paths = new List<string>();
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            if ((path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal)) && !Path.GetFileName(path).StartsWith('.'))
            {
                paths.Add(path);
            }
        }

        if (paths.Count > MostFiles)
        {
            throw new YamlException(FolderName, 1, 1, "the folder holds more than 256 files of rules");
        }

        paths.Sort(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            files.Add(new FileInfo(path));
        }

        return files;
    }

    private string StampOf(List<FileInfo> files)
    {
        var stamp = new StringBuilder();
        foreach (FileInfo file in files)
        {
            Stamp(stamp, file);
        }

        var profile = new FileInfo(Path.Combine(root, ProfileFileName));
        if (root.Length > 0 && profile.Exists)
        {
            Stamp(stamp, profile);
        }

        return stamp.ToString();
    }

    private void Stamp(StringBuilder stamp, FileInfo file) => stamp.Append(file.FullName).Append('\n').Append(file.Length).Append(' ').Append(stampOf(file.FullName)).Append('\n');

    private RuleDocument Read(FileInfo file)
    {
        string name = Path.GetRelativePath(root, file.FullName).Replace('\\', '/');
        return file.Length > YamlReader.MaxBytes
            ? throw new YamlException(name, 1, 1, "a file of rules has at most 1 MiB")
            : new RuleDocument(name, File.ReadAllBytes(file.FullName));
    }

    private string ReadProfile()
    {
        var file = new FileInfo(Path.Combine(root, ProfileFileName));
        return root.Length == 0 || !file.Exists ? Rule.DefaultProfile
            : file.Length > MostProfileBytes ? throw new YamlException(ProfileFileName, 1, 1, "it holds the name of a profile and nothing else")
            : Encoding.UTF8.GetString(File.ReadAllBytes(file.FullName)).Trim();
    }

    internal static bool Contains(IReadOnlyList<string> names, string name)
    {
        foreach (string one in names)
        {
            if (one == name)
            {
                return true;
            }
        }

        return false;
    }
}
