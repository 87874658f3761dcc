namespace Mempulse.Builder.Dialects;

/// <summary>How a field is written.</summary>
public enum FieldForm
{
    /// <summary>A JSON number.</summary>
    Number = 0,

    /// <summary>A number as "0x" and hex digits without leading zeros.</summary>
    Quantity = 1,

    /// <summary>A string as it is.</summary>
    Text = 2,

    /// <summary>Bytes as "0x" and two digits each.</summary>
    Hex = 3,

    /// <summary>A list of <see cref="Hex"/>.</summary>
    HexList = 4,

    /// <summary>Bytes as two hex digits each, without "0x".</summary>
    Digits = 5,

    /// <summary>A list of <see cref="Digits"/>.</summary>
    DigitsList = 6,
}
