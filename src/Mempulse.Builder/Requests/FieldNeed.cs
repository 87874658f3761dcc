namespace Mempulse.Builder.Requests;

/// <summary>Whether a builder without a field can still do what is asked.</summary>
internal enum FieldNeed
{
    /// <summary>Without it the builder would do something else.</summary>
    Essential = 0,

    /// <summary>Without it the builder does the same, if less exactly.</summary>
    Helpful = 1,
}
