global using ImageReader = Wct.Imaging.ImageReader;
