// Wct.Net has an internal class of the same name.
global using ImageReader = Wct.Imaging.ImageReader;
