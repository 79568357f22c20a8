using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace WhiteMagic.Benchmarks.Native;

/// <summary>What was measured and what was wrong, as the line of JSON that the runner reads.</summary>
internal sealed class Report
{
    private readonly List<(string Name, double Value)> _values = [];
    private readonly List<string> _wrong = [];

    public void Add(string name, double value) => _values.Add((name, value));

    /// <summary>A wrong answer makes the figure worthless.</summary>
    public void Check(bool isRight, string wrong)
    {
        if (!isRight && _wrong.Count < 20)
        {
            _wrong.Add(wrong);
        }
    }

    public override string ToString()
    {
        var json = new StringBuilder("{\"values\":{");
        for (int i = 0; i < _values.Count; i++)
        {
            json.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"\"{_values[i].Name}\":{_values[i].Value:R}");
        }

        json.Append("},\"wrong\":[");
        for (int i = 0; i < _wrong.Count; i++)
        {
            json.Append(i == 0 ? "\"" : ",\"").Append(_wrong[i].Replace("\"", "'", StringComparison.Ordinal)).Append('"');
        }

        return json.Append("]}").ToString();
    }
}
