namespace Mempulse.Primitives.Events;

/// <summary>Why a bundle is not sent any more. The number is on disk.</summary>
public enum BundleEnd
{
    /// <summary>No reason; never written.</summary>
    None = 0,

    /// <summary>On the state of the head it does not pay.</summary>
    DoesNotPay = 1,

    /// <summary>On the state of the head one of its transactions fails that must not.</summary>
    Fails = 2,

    /// <summary>Its opportunity no longer holds.</summary>
    OpportunityEnded = 3,

    /// <summary>A better bundle takes its place.</summary>
    Replaced = 4,

    /// <summary>The block on whose state it was built left the chain.</summary>
    BaseLeft = 5,

    /// <summary>Its target block exists.</summary>
    TargetPassed = 6,

    /// <summary>The operator's nonce or balance is no longer the one that it was built with.</summary>
    OperatorMoved = 7,

    /// <summary>The operator withdrew it.</summary>
    Withdrawn = 8,
}
