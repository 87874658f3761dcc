namespace Mempulse.Builder.RelayData;

/// <summary>Why a relay's answer is not believed.</summary>
public enum RelayDataFault
{
    /// <summary>It is believed.</summary>
    None = 0,

    /// <summary>No answer, or none with success.</summary>
    NoAnswer = 1,

    /// <summary>More bytes than <see cref="RelayDataReader.MaxBytes"/>.</summary>
    TooLong = 2,

    /// <summary>Not a JSON list of objects.</summary>
    NotAList = 3,

    /// <summary>More entries than were asked for.</summary>
    TooManyEntries = 4,

    /// <summary>A field is missing, negative, too large or not of its form.</summary>
    MalformedEntry = 5,

    /// <summary>An entry of a slot that was not asked for.</summary>
    AnotherSlot = 6,

    /// <summary>Entries from a cursor that do not go downwards.</summary>
    OutOfOrder = 7,

    /// <summary>More gas used than the limit allows.</summary>
    ImpossibleGas = 8,
}
