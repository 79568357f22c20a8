using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using WhiteMagic.Binary.Tests.Running;

namespace WhiteMagic.Binary.Tests;

/// <summary>Everything that the README shows is run: the console blocks in order, in one empty folder, as a newcomer would.</summary>
public sealed class ReadmeTests
{
    private static readonly string _readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public void ConsoleBlocks_RunInOrderInAnEmptyFolder_SucceedAndPrintWhatIsShown()
    {
        string home = Directory.CreateTempSubdirectory("wm-readme-").FullName;
        try
        {
            int commands = 0;
            foreach ((string command, string shown) in Commands())
            {
                (int exit, string output, string error) = Shell(command, home);
                Assert.True(exit == 0, $"$ {command}\nexit {exit}\n{output}{error}");
                string pattern = "^" + string.Join("[\\s\\S]*", shown.Split('…').Select(Regex.Escape)) + "$";
                Assert.True(Regex.IsMatch(output.TrimEnd('\n'), pattern), $"$ {command}\nshows\n{shown}\nprinted\n{output}");
                commands++;
            }

            Assert.True(commands >= 10, $"only {commands} commands were found in the README");
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Fact]
    public void ClientConfigurations_AreValidJson_AndNameTheServeVerb()
    {
        List<string> blocks = Blocks("json");
        Assert.Equal(2, blocks.Count);
        foreach (string block in blocks)
        {
            using JsonDocument document = JsonDocument.Parse(block);
            JsonElement server = document.RootElement.EnumerateObject().Single().Value.GetProperty("whitemagic");
            Assert.Equal("serve", server.GetProperty("args")[0].GetString());
        }
    }

    [Fact]
    public void ToolsTable_NamesEveryListedToolAndNoOther()
    {
        string section = _readme[_readme.IndexOf("## Tools", StringComparison.Ordinal).._readme.IndexOf("Also resources", StringComparison.Ordinal)];
        string table = string.Join('\n', section.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split(" | ")[0]));
        string[] named = [.. Regex.Matches(table, "`([a-z]+_[a-z_]+|gnosis|capabilities|manifest)`").Select(m => m.Groups[1].Value).Distinct().Order()];
        string home = Directory.CreateTempSubdirectory("wm-readme-").FullName;
        (_, string output, _) = Shell("wm call capabilities '{}' --json", home);
        Directory.Delete(home, recursive: true);
        using JsonDocument document = JsonDocument.Parse(output);
        string[] listed = [.. document.RootElement.GetProperty("tools").EnumerateArray().Select(t => t.GetProperty("name").GetString()!).Order()];
        Assert.Equal(listed, named);
    }

    [Fact]
    public void RelativeLinks_PointToFilesThatExist()
    {
        foreach (Match link in Regex.Matches(_readme, @"\]\(([^)#]+)\)"))
        {
            string target = link.Groups[1].Value;
            Assert.True(target.Contains("://", StringComparison.Ordinal) || File.Exists(Path.Combine(Repository.Root, target)), $"the README links to {target}, which is not there");
        }
    }

    private static IEnumerable<(string Command, string Shown)> Commands()
    {
        foreach (string block in Blocks("console"))
        {
            string? command = null;
            var shown = new List<string>();
            foreach (string line in block.Split('\n'))
            {
                if (line.StartsWith("$ ", StringComparison.Ordinal))
                {
                    if (command is not null)
                    {
                        yield return (command, string.Join('\n', shown));
                    }

                    command = line[2..];
                    shown.Clear();
                }
                else
                {
                    shown.Add(line);
                }
            }

            if (command is not null)
            {
                yield return (command, string.Join('\n', shown));
            }
        }
    }

    private static List<string> Blocks(string language) =>
        [.. Regex.Matches(_readme, $"```{language}\n(.*?)\n```", RegexOptions.Singleline).Select(m => m.Groups[1].Value)];

    private static (int Exit, string Output, string Error) Shell(string command, string home)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = home, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["PATH"] = Path.Combine(Repository.Root, "dist", "linux-x64") + ":/usr/bin:/bin";
        start.Environment["HOME"] = home;
        start.Environment.Remove("WM_STATE_ROOT");
        start.Environment.Remove("WM_GALAXY");
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        System.Threading.Tasks.Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(60_000), $"$ {command} did not end within a minute");
        return (process.ExitCode, output, error.Result);
    }
}
