using System;
using System.Collections.Generic;

namespace WhiteMagic.Cli.Defining;

/// <summary>Reads a command line against the declared verbs. Options may stand anywhere; <c>--</c> ends them.</summary>
internal sealed class CommandLineReader(Surroundings around)
{
    private readonly List<GivenOption> _given = [];
    private readonly List<string> _operands = [];
    private string? _group;
    private Verb? _verb;
    private bool _wantsHelp;

    /// <summary>Returns what is to be carried out.</summary>
    /// <exception cref="UsageException">It cannot be understood.</exception>
    internal Invocation Read(IReadOnlyList<string> args)
    {
        bool onlyOperands = false;
        for (int i = 0; i < args.Count; i++)
        {
            string arg = args[i];
            if (onlyOperands || arg.Length < 2 || arg[0] != '-')
            {
                TakeWord(arg);
            }
            else if (arg == "--")
            {
                onlyOperands = true;
            }
            else if (arg is "-h" or "--help")
            {
                _wantsHelp = true;
            }
            else if (arg == "--version" && _verb is null)
            {
                _verb = AllVerbs.Find("version");
            }
            else
            {
                TakeOption(args, ref i);
            }
        }

        if (_wantsHelp)
        {
            return HelpOf(_verb?.Name ?? _group);
        }

        if (_verb is null)
        {
            throw _group is null
                ? new UsageException("no verb is given", "wm help")
                : new UsageException($"{_group} needs one of: {string.Join(", ", AllVerbs.Of(_group))}", "wm help " + _group);
        }

        CheckOperands(_verb);
        return new Invocation(around, _verb, _given, _operands);
    }

    private void TakeWord(string word)
    {
        if (_verb is not null)
        {
            _operands.Add(word);
        }
        else if (_group is not null)
        {
            _verb = AllVerbs.Find(_group + " " + word)
                ?? throw new UsageException($"{_group} has no verb \"{Printable.OneLine(word)}\"; allowed: {string.Join(", ", AllVerbs.Of(_group))}", "wm help " + _group);
        }
        else if (AllVerbs.Of(word).Count > 0)
        {
            _group = word;
        }
        else
        {
            _verb = AllVerbs.Find(word)
                ?? throw new UsageException($"there is no verb \"{Printable.OneLine(word)}\"{Suggestion.For(word, AllVerbs.FirstWords)}; allowed: {string.Join(", ", AllVerbs.FirstWords)}", "wm help");
        }
    }

    private void TakeOption(IReadOnlyList<string> args, ref int index)
    {
        string arg = args[index];
        int equals = arg.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? arg : arg[..equals];
        Option option = Find(name) ?? throw Unknown(name);
        foreach (GivenOption one in _given)
        {
            if (ReferenceEquals(one.Option, option))
            {
                throw Wrong($"{name} is given twice");
            }
        }

        string value = "";
        if (option.Kind == OptionKind.Flag)
        {
            if (equals >= 0)
            {
                throw Wrong($"{name} takes no value");
            }
        }
        else
        {
            if (equals < 0 && index + 1 == args.Count)
            {
                throw Wrong($"{name} needs a value: {name} {option.ValueName}");
            }

            value = equals < 0 ? args[++index] : arg[(equals + 1)..];
            if (equals < 0 && Find(value) is not null)
            {
                throw Wrong($"{name} needs a value, and {value} is an option; write {name}={value} if it is meant");
            }

            if (option.Refuse(value) is { } problem)
            {
                throw Wrong(problem);
            }
        }

        _given.Add(new GivenOption(option, value));
    }

    private Option? Find(string name)
    {
        foreach (Option option in GlobalOptions.All)
        {
            if (option.Name == name)
            {
                return option;
            }
        }

        foreach (Option option in _verb?.Options ?? [])
        {
            if (option.Name == name)
            {
                return option;
            }
        }

        return null;
    }

    private UsageException Unknown(string name)
    {
        var names = new List<string>();
        foreach (Option option in _verb?.Options ?? [])
        {
            names.Add(option.Name);
        }

        foreach (Option option in GlobalOptions.All)
        {
            names.Add(option.Name);
        }

        string subject = _verb is null ? "before the verb there is no option" : $"{_verb.Name} has no option";
        return Wrong($"{subject} {Printable.OneLine(name)}{Suggestion.For(name, names)}; allowed: {string.Join(", ", names)}");
    }

    private UsageException Wrong(string message) => new(message, _verb is null ? "wm help" : "wm help " + _verb.Name);

    private void CheckOperands(Verb verb)
    {
        for (int i = _operands.Count; i < verb.Operands.Count; i++)
        {
            if (verb.Operands[i].IsRequired)
            {
                throw Wrong($"{verb.Name} needs {verb.Operands[i].Name}: {verb.Operands[i].Help}");
            }
        }

        bool takesRest = verb.Operands.Count > 0 && verb.Operands[^1].TakesRest;
        if (_operands.Count > verb.Operands.Count && !takesRest)
        {
            throw Wrong($"\"{Printable.OneLine(_operands[verb.Operands.Count])}\" is one word too many; usage: {HelpText.UsageOf(verb)}");
        }

        for (int i = 0; i < _operands.Count && i < verb.Operands.Count; i++)
        {
            if (verb.Operands[i].Choices is { Count: > 0 } choices && !Contains(choices, _operands[i]))
            {
                throw Wrong($"{verb.Operands[i].Name} is \"{Printable.OneLine(_operands[i])}\"; allowed: {string.Join(", ", choices)}");
            }

            if (verb.Operands[i].Refusal?.Invoke(_operands[i]) is { } allowed)
            {
                throw Wrong($"{verb.Operands[i].Name} is \"{Printable.OneLine(_operands[i])}\"; {allowed}");
            }
        }
    }

    private Invocation HelpOf(string? name)
    {
        Verb help = AllVerbs.Find("help")!;
        return new Invocation(around, help, _given, name is null ? [] : name.Split(' '));
    }

    private static bool Contains(IReadOnlyList<string> choices, string word)
    {
        foreach (string choice in choices)
        {
            if (choice == word)
            {
                return true;
            }
        }

        return false;
    }
}
