namespace Wct.Training;

/// <summary>How pixels are optimized.</summary>
public enum PixelMethod
{
    /// <summary>L-BFGS with a history of 10 and a line search for the strong Wolfe conditions (Nocedal and Wright 2006, algorithms 3.5, 3.6
    /// and 7.4). A step usually takes one evaluation of the losses.</summary>
    Lbfgs,

    /// <summary>Adam (Kingma and Ba 2015). A step takes one evaluation of the losses, and less memory than with
    /// <see cref="Lbfgs"/>.</summary>
    Adam,
}
