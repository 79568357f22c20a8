using System.Runtime.CompilerServices;

namespace WhiteMagic.Kernels.Search;

/// <summary>A term's documents: the postings of a document's fields follow each other and count together.</summary>
internal ref struct FieldPostings : ITermPostings
{
    private readonly SearchSettings.FieldWeights _weights;
    private PostingReader _postings;
    private bool _isMore;

    public FieldPostings(in SearchImage image, in TermRecord term)
    {
        _weights = image.Header.Settings.Weights;
        _postings = new PostingReader(image, term);
        Step();
    }

    public int Slot { get; private set; }

    public float Weight { get; private set; }

    public bool Next()
    {
        if (!_isMore)
        {
            return false;
        }

        int document = _postings.Document;
        double weight = 0;
        do
        {
            weight += _weights[_postings.Field] * _postings.Occurrences;
            Step();
        }
        while (_isMore && _postings.Document == document);

        Slot = document + 1;
        Weight = (float)weight;
        return true;
    }

    // The reader's code once.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Step() => _isMore = _postings.Next();
}
