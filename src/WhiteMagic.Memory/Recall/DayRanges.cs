using System;

namespace WhiteMagic.Memory.Recall;

/// <summary>The days that a question has named so far.</summary>
internal sealed class DayRanges
{
    /// <summary>A question about more is a list; every memory is compared with each.</summary>
    internal const int MostRanges = 16;

    private readonly DayRange[] _ranges = new DayRange[MostRanges];
    private int _count;

    internal bool IsFull => _count == MostRanges;

    internal void Add(PartialDate date)
    {
        if (date.Year == 0)
        {
            Add(DayRange.EveryYear(date.Month, date.Day, date.Month, date.Day));
        }
        else
        {
            Add(date.Day == 0 ? DayRange.Of(date.First, date.Last) : DayRange.Date(date.First));
        }

        if (date.HasOther)
        {
            Add(DayRange.Date(date.Other));
        }
    }

    internal void Add(DayRange range)
    {
        if (_count < MostRanges)
        {
            _ranges[_count++] = range;
        }
    }

    /// <summary>The ranges. In June, on the trip in 2023: those without a year have the one that the question names elsewhere, if it names one.</summary>
    internal DayRange[] ToArray()
    {
        int year = 0;
        bool isYearless = false;
        for (int i = 0; i < _count; i++)
        {
            isYearless |= _ranges[i].Yearless;
            if (_ranges[i].IsYear)
            {
                year = year == 0 || year == _ranges[i].Year ? _ranges[i].Year : -1;
            }
        }

        if (!isYearless || year <= 0)
        {
            return _ranges.AsSpan(0, _count).ToArray();
        }

        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (!_ranges[i].IsYear)
            {
                _ranges[kept++] = _ranges[i].Yearless ? _ranges[i].InYear(year) : _ranges[i];
            }
        }

        return _ranges.AsSpan(0, kept).ToArray();
    }
}
