using System;
using System.Text;
using WhiteMagic.Kernels.Search;

namespace WhiteMagic.Kernels.Tests.Search;

public sealed class PorterStemmerTests
{
    // The examples of the paper, each with all steps applied, not only the one it illustrates.
    [Theory]
    [InlineData("caresses caress ponies poni ties ti caress caress cats cat")]
    [InlineData("feed feed agreed agre plastered plaster bled bled motoring motor sing sing")]
    [InlineData("conflated conflat troubled troubl sized size hopping hop tanned tan falling fall hissing hiss fizzed fizz failing fail filing file")]
    [InlineData("happy happi sky sky")]
    [InlineData("relational relat conditional condit rational ration valenci valenc hesitanci hesit digitizer digit conformabli conform radicalli radic")]
    [InlineData("differentli differ vileli vile analogousli analog vietnamization vietnam predication predic operator oper feudalism feudal")]
    [InlineData("decisiveness decis hopefulness hope callousness callous formaliti formal sensitiviti sensit sensibiliti sensibl")]
    [InlineData("triplicate triplic formative form formalize formal electriciti electr electrical electr hopeful hope goodness good")]
    [InlineData("revival reviv allowance allow inference infer airliner airlin gyroscopic gyroscop adjustable adjust defensible defens irritant irrit")]
    [InlineData("replacement replac adjustment adjust dependent depend adoption adopt homologou homolog communism commun activate activ")]
    [InlineData("angulariti angular homologous homolog effective effect bowdlerize bowdler")]
    [InlineData("probate probat rate rate cease ceas controll control roll roll")]
    [InlineData("connect connect connected connect connecting connect connection connect connections connect")]
    [InlineData("generalizations gener oscillators oscil")]
    public void Stem_ExamplesOfThePaper_AreThePublishedStems(string wordsAndStems)
    {
        string[] parts = wordsAndStems.Split(' ');
        for (int i = 0; i < parts.Length; i += 2)
        {
            Assert.Equal((parts[i], parts[i + 1]), (parts[i], Stem(parts[i])));
        }
    }

    // Of the author's vocabulary and its stems, where it shows the three departures and the turns of y.
    [Theory]
    [InlineData("possibly possibl terribly terribl apology apolog analogi analog psychology psycholog")]
    [InlineData("is is as as by by a a yes ye say sai toy toi yearly yearli by by enjoyed enjoi syzygy syzygi dying dy")]
    [InlineData("ied i s s ss ss sss sss ing ing bing bing ion ion lion lion nation nation station station ational ation")]
    [InlineData("abilities abil ability abil abyss abyss abandoned abandon knightly knightli knights knight")]
    [InlineData("was wa this thi his hi has ha does doe news new")]
    [InlineData("eed eed need need succeed succe speeding speed agreement agreement element element cement cement")]
    public void Stem_AuthorsVocabulary_IsAsPublished(string wordsAndStems) => Stem_ExamplesOfThePaper_AreThePublishedStems(wordsAndStems);

    [Fact]
    public void Stem_RandomWords_EqualTheNaiveTwin()
    {
        const int Seed = 12;
        var random = new Random(Seed);
        string[] pieces =
        [
            "s", "ed", "ing", "y", "e", "l", "ss", "at", "bl", "iz", "ation", "ational", "iviti", "biliti", "ization", "ement", "ion", "ous", "eed",
            "logi", "ness", "ful", "ical", "b", "a", "t", "i", "o", "w", "x", "yy", "tt", "ance", "ible", "ize", "ll", "er", "sses", "ies",
        ];
        for (int round = 0; round < 20_000; round++)
        {
            var word = new StringBuilder();
            int count = random.Next(1, 6);
            for (int i = 0; i < count; i++)
            {
                word.Append(pieces[random.Next(pieces.Length)]);
            }

            Assert.True(NaivePorter.Stem(word.ToString()) == Stem(word.ToString()), $"seed {Seed}, round {round}: {word}");
        }
    }

    [Fact]
    public void Stem_AnyBytes_NeverGrowsAndNeverFails()
    {
        const int Seed = 13;
        var random = new Random(Seed);
        byte[] word = new byte[200];
        for (int round = 0; round < 20_000; round++)
        {
            int length = random.Next(0, 200);
            for (int i = 0; i < length; i++)
            {
                word[i] = (byte)(round % 2 == 0 ? random.Next(256) : "yaeiosdlnt"[random.Next(10)]);
            }

            Assert.InRange(PorterStemmer.Stem(word.AsSpan(0, length)), Math.Min(length, 1), length);
        }
    }

    private static string Stem(string word)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(word);
        return Encoding.ASCII.GetString(bytes, 0, PorterStemmer.Stem(bytes));
    }
}
