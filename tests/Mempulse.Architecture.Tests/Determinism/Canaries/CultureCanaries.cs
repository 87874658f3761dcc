namespace Mempulse.Architecture.Tests.Determinism.Canaries;

[CaughtAs(Determinism.Rule.Culture)]
internal sealed class NumberToText
{
    internal string Text(int number) => number.ToString();
}

[CaughtAs(Determinism.Rule.Culture)]
internal sealed class NumberToTextWithNullProvider
{
    internal string Text(int number) => number.ToString("x8", null);
}

[CaughtAs(Determinism.Rule.Culture)]
internal sealed class TextToNumber
{
    internal int Number(string text) => int.Parse(text);
}

[CaughtAs(Determinism.Rule.Culture)]
internal sealed class GenericNumberToText
{
    internal string Text(UInt128 number) => number.ToString();
}

[CaughtAs(Determinism.Rule.Culture)]
internal sealed class LowerCase
{
    internal string Lower(string text) => text.ToLower();
}

[CaughtAs(Determinism.Rule.Culture)]
internal sealed class CulturalCompare
{
    internal int Order(string left, string right) => string.Compare(left, right);
}

[CaughtAs(Determinism.Rule.Culture)]
internal sealed class CulturalSearch
{
    internal bool Has(string text) => text.StartsWith("0x");
}

[CaughtAs(Determinism.Rule.Culture)]
internal sealed class ReadsCulture
{
    internal string Name() => System.Globalization.CultureInfo.CurrentCulture.Name;
}
